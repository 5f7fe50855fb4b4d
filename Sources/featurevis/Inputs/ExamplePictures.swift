import ConvolutionalNetworks
import Foundation
import NaturalExamples
import PictureFiles

/// The pictures of a folder, as a network sees them.
struct ExamplePictures {
  private let folder: PictureFolder
  private let channels: PictureFile.Channels
  private let extent: PictureExtent

  /// - Throws: `PictureFolderError` for a folder without pictures, `ToolError` where the network takes none.
  init(in path: String, for subject: PictureNetwork, _ extent: PictureExtent) throws {
    folder = try PictureFolder(URL(fileURLWithPath: path, isDirectory: true))
    channels = try subject.channels(ofPicturesIn: path)
    self.extent = extent
  }

  /// Shows the search all pictures that it has not seen, and keeps how far it is.
  ///
  /// - Returns: whether it has seen all of them: not where it was interrupted.
  func feed(_ search: NaturalExampleSearch, state: OutputFile?, every count: Int) throws -> Bool {
    if let state, FileManager.default.fileExists(atPath: state.url.path) {
      try search.resume(from: state.url, names: folder.files.lazy.map(\.name))
      StandardStreams.printError(
        "note: '\(state.path)' goes on after \(search.seenCount.grouped) pictures")
    }
    let stream = folder.pictures(
      channels, extent, droppingFirst: search.seenCount, ahead: 2 * search.batch)
    let start = (count: search.seenCount, time: ContinuousClock.now)
    func save() throws {
      try state?.write { try search.save(to: $0) }
      let seconds = (ContinuousClock.now - start.time) / .seconds(1)
      let rate = Double(search.seenCount - start.count) / max(seconds, 1e-3)
      StandardStreams.printError(
        "\(search.seenCount.grouped) pictures, \(rate.fixed(1)) a second")
    }
    for item in stream {
      switch item.content {
      case .success(let picture): try search.add(picture, named: item.name)
      case .failure(let error):
        StandardStreams.printError("warning: \(error); it is left out")
        search.skip(item.name, because: error.reason)
      }
      if Interruption.isPending {
        try state?.write { try search.save(to: $0) }
        let advice = state == nil ? "--state keeps it for another time" : "the same command goes on"
        StandardStreams.printError(
          "interrupted after \(search.seenCount.grouped) pictures; \(advice)")
        return false
      }
      if search.seenCount.isMultiple(of: count) { try save() }
    }
    if search.seenCount > start.count, !search.seenCount.isMultiple(of: count) { try save() }
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
