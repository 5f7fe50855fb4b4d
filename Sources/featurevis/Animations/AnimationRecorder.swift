import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Takes the frames of drawings, one after the other, and writes them where they go.
struct AnimationRecorder {
  private let outputs: AnimationOutputs
  /// What goes into one file of all pictures.
  private var shown: [(caption: String, run: RunFrames)] = []

  init(_ outputs: AnimationOutputs) { self.outputs = outputs }

  /// How long the result is shown beyond other frames.
  private static let rest = 2.0

  /// The recipe of a drawing, which keeps the frames.
  ///
  /// - Parameter number: which drawing it is.
  func recipe(_ preset: Preset, ofDrawing number: Int) -> Preset {
    preset.keepingPictures(at: outputs.steps[number])
  }

  /// Takes the frames of a picture.
  ///
  /// - Parameters:
  ///   - number: which of all pictures it is.
  ///   - caption: what people read beside it.
  mutating func add(_ run: RunFrames, picture number: Int, caption: String) throws {
    switch outputs.place {
    case .file: shown.append((caption, run))
    case .folders(let folders): try write(run, to: folders[number])
    }
  }

  /// Writes what is made of all pictures, and says where.
  func finish() throws {
    guard case .file(let file) = outputs.place, !shown.isEmpty else { return }
    let count = shown.map(\.run.frames.count).max() ?? 0
    let frames = (0..<count).map { index in
      var frame = shown.count == 1 ? frame(shown[0].run.frames[index]) : sheet(index)
      if index == count - 1 { frame.seconds = outputs.delay + Self.rest }
      return frame
    }
    try file.write {
      try AnimationFile($0).write(frames, delay: outputs.delay, loops: outputs.loops)
    }
    StandardStreams.printLine("\(file.path)  \(count) frames")
  }

  private func frame(_ frame: RunFrames.Frame) -> AnimationFrame {
    AnimationFrame(frame.picture, caption: "\(frame.place)  \(frame.score.short)")
  }

  /// A frame of all pictures; one that has come to its result stays as it is.
  private func sheet(_ index: Int) -> AnimationFrame {
    let frames = shown.map { $0.run.frames[min(index, $0.run.frames.count - 1)] }
    let sheet = ContactSheet(
      frames.map(\.picture),
      captions: zip(shown, frames).map { "\($0.caption)  \($1.score.short)" })
    let places = Set(frames.map(\.place))
    return AnimationFrame(sheet.picture, caption: places.count == 1 ? frames[0].place : nil)
  }

  private func write(_ run: RunFrames, to files: [OutputFile]) throws {
    for (frame, file) in zip(run.frames, files) {
      let picture = ContactSheet(
        [frame.picture], captions: ["\(frame.place)  \(frame.score.short)"]
      ).picture
      try file.write { try PictureFile($0).write(picture) }
    }
    let folder = (files[0].path as NSString).deletingLastPathComponent
    StandardStreams.printLine("\(folder)  \(run.frames.count) frames")
  }
}
