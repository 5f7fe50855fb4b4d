internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation

/// The pictures below a folder, in an order that does not depend on the machine.
///
///     let folder = try PictureFolder(URL(filePath: "photos"))
///     for item in folder.pictures(preparedBy: { $0.resizedToFill(height: 224, width: 224) }) {
///       if case .success(let picture) = item.content { … }
///     }
///
/// Names are in order of their bytes in UTF-8, and what a folder holds comes in the place of its name. Names that begin
/// with a dot are passed over, and so is whatever is no picture: a picture is a regular file that begins as PNG or JPEG
/// does, or whose name says that it should. Symbolic links are followed; a folder that several ways lead to, or that a
/// link leads back to, is entered once.
public struct PictureFolder: Sendable {
  /// Where the folder is.
  public let url: URL

  /// A folder that holds at least one picture, whole or damaged.
  ///
  /// - Throws: `PictureFolderError` where there is no such folder, or no picture in it.
  public init(_ url: URL) throws(PictureFolderError) {
    self.url = url
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      throw .unreadable(folder: url.relativePath, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(url.relativePath) }
    guard access(url.path, R_OK | X_OK) == 0 else {
      throw .unreadable(folder: url.relativePath, reason: String(cString: strerror(errno)))
    }
    guard files.first(where: { _ in true }) != nil else { throw .noPictures(url.relativePath) }
  }

  /// The files, none of which is read yet but for its first bytes.
  ///
  /// - Complexity: holds the names of one folder at each depth, and the numbers of all folders entered.
  public var files: PictureFolderFiles { PictureFolderFiles(url) }

  /// The pictures, one after the other; those ahead are decoded while the caller works.
  ///
  /// A damaged one comes in its place with its error, and the others go on.
  ///
  /// - Parameters:
  ///   - channels: what the channels of the results mean.
  ///   - count: the files at the front that are left out.
  ///   - limits: what reading one file may take.
  ///   - ahead: the pictures, as they were prepared, that wait at most.
  ///   - threads: those that decode at once; each holds one picture in full.
  ///   - prepare: called with each picture, `[1, H, W, C]`, 0…1, on one of these threads: to resize it, mostly.
  public func pictures(
    _ channels: PictureFile.Channels = .rgb, droppingFirst count: Int = 0,
    limits: ReadingLimits = PictureFile.standardLimits, ahead: Int = 8, threads: Int = 1,
    preparedBy prepare: @escaping @Sendable (Tensor) -> Tensor = { $0 }
  ) -> PictureStream {
    PictureStream(
      files.makeIterator(), droppingFirst: count, ahead: max(1, ahead), threads: max(1, threads)
    ) { file in
      do throws(PictureFileError) {
        return .success(prepare(try PictureFile(file.url).read(channels, limits: limits)))
      } catch {
        return .failure(error)
      }
    }
  }
}

/// A picture of a folder, or why there is none.
public struct FolderPicture: Sendable {
  /// The path from the folder on, with `/` between names.
  public let name: String
  /// Where the file is.
  public let url: URL
  /// The picture, prepared, or what is wrong with its file.
  public let content: Result<Tensor, PictureFileError>
}

/// What can be wrong with a folder of pictures.
public enum PictureFolderError: Error, Equatable, Sendable {
  /// The operating system does not let the folder be read, or there is none.
  case unreadable(folder: String, reason: String)
  /// The path leads to something else.
  case notAFolder(String)
  /// Neither it nor a folder in it holds a file that is, or is named as, a picture.
  case noPictures(String)
}

extension PictureFolderError: CustomStringConvertible, LocalizedError {
  public var description: String {
    switch self {
    case .unreadable(let folder, let reason): "cannot read folder '\(folder)': \(reason)"
    case .notAFolder(let path): "'\(path)' is not a folder; say the one that the pictures are in"
    case .noPictures(let folder):
      "no picture in '\(folder)' or below: PNG and JPEG files are read, hidden ones are not"
    }
  }

  public var errorDescription: String? { description }
}
