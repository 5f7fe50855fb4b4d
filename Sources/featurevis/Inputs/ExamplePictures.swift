import ConvolutionalNetworks
import Foundation
import NaturalExamples
import PictureFiles

/// The pictures of a folder, as a network sees them.
struct ExamplePictures {
  private let folder: PictureFolder
  private let channels: PictureFile.Channels
  private let extent: PictureExtent
  private let progress: ProgressOptions

  /// - Throws: `PictureFolderError` for a folder without pictures, `ToolError` where the network takes none.
  init(
    in path: String, for subject: PictureNetwork, _ extent: PictureExtent,
    _ progress: ProgressOptions
  ) throws {
    folder = try PictureFolder(URL(fileURLWithPath: path, isDirectory: true))
    channels = try subject.channels(ofPicturesIn: path)
    (self.extent, self.progress) = (extent, progress)
  }

  /// Shows the search all pictures that it has not seen, and keeps how far it is.
  ///
  /// - Returns: whether it has seen all of them: not where it was interrupted.
  func feed(_ search: NaturalExampleSearch, state: OutputFile?, every count: Int) throws -> Bool {
    if let state, FileManager.default.fileExists(atPath: state.url.path) {
      try search.resume(from: state.url, names: folder.files.lazy.map(\.name))
      progress.note("'\(state.path)' goes on after \(search.seenCount.grouped) pictures")
    }
    let stream = folder.pictures(
      channels, extent, droppingFirst: search.seenCount, ahead: 2 * search.batch)
    let first = search.seenCount
    func save() throws { try state?.write { try search.save(to: $0) } }
    var line = CountLine(
      "looking at pictures", of: folder.files, progress)
    defer { line.clear() }
    for item in stream {
      switch item.content {
      case .success(let picture): try search.add(picture, named: item.name)
      case .failure(let error):
        line.clear()
        StandardStreams.printError("warning: \(error); it is left out")
        search.skip(item.name, because: error.reason)
      }
      if Interruption.isPending {
        try save()
        line.clear()
        let advice = state == nil ? "--state keeps it for another time" : "the same command goes on"
        StandardStreams.printError(
          "interrupted after \(search.seenCount.grouped) pictures; \(advice)")
        return false
      }
      line.show(search.seenCount, item: item.name)
      if search.seenCount.isMultiple(of: count) { try save() }
    }
    if search.seenCount > first, !search.seenCount.isMultiple(of: count) { try save() }
    return true
  }

  /// The picture of this name again; `nil`, which is told, where it cannot be read any more.
  func picture(named name: String) -> Tensor? {
    do {
      return try PictureFile(folder.url.appendingPathComponent(name)).read(channels)
        .resizedToFill(height: extent.height, width: extent.width)
    } catch {
      StandardStreams.printError("warning: \(error); it is not shown")
      return nil
    }
  }
}
