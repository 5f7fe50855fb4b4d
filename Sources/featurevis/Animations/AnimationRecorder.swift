import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Takes the frames of drawings, one after the other, and writes them where they go.
struct AnimationRecorder {
  private let outputs: AnimationOutputs
  private let progress: ProgressOptions
  /// What goes into one file of all pictures.
  private var shown: [(caption: String, frames: [RunFrames.Frame])] = []

  init(_ outputs: AnimationOutputs, _ progress: ProgressOptions) {
    (self.outputs, self.progress) = (outputs, progress)
  }

  /// How long the result is shown beyond other frames.
  private static let rest = 2.0

  /// The steps before which pictures of a drawing are wanted.
  func steps(ofDrawing number: Int) -> [Int] { outputs.steps[number] }

  /// Takes the frames of a picture.
  ///
  /// - Parameters:
  ///   - drawing: which drawing it is of.
  ///   - number: which of all pictures it is.
  ///   - caption: what people read beside it.
  mutating func add(
    _ run: RunFrames, ofDrawing drawing: Int, picture number: Int, caption: String
  ) throws {
    let frames = run.frames(at: outputs.steps[drawing])
    switch outputs.place {
    case .file: shown.append((caption, frames))
    case .folders(let folders): try write(frames, to: folders[number])
    }
  }

  /// Writes what is made of all pictures, and says where.
  func finish() throws {
    guard case .file(let file) = outputs.place, !shown.isEmpty else { return }
    let count = shown.map(\.frames.count).max() ?? 0
    let frames = (0..<count).map { index in
      var frame = shown.count == 1 ? frame(shown[0].frames[index]) : sheet(index)
      if index == count - 1 { frame.seconds = outputs.delay + Self.rest }
      return frame
    }
    try file.write {
      try AnimationFile($0).write(frames, delay: outputs.delay, loops: outputs.loops)
    }
    progress.tellMade(file.path, "  \(count) frames")
  }

  private func frame(_ frame: RunFrames.Frame) -> AnimationFrame {
    AnimationFrame(frame.picture, caption: "\(frame.place)  \(frame.score.short)")
  }

  /// A frame of all pictures; one that has come to its result stays as it is.
  private func sheet(_ index: Int) -> AnimationFrame {
    let frames = shown.map { $0.frames[min(index, $0.frames.count - 1)] }
    let sheet = ContactSheet(
      frames.map(\.picture),
      captions: zip(shown, frames).map { Self.caption($0.caption, of: $1) })
    let places = Set(frames.map(\.place))
    return AnimationFrame(sheet.picture, caption: places.count == 1 ? frames[0].place : nil)
  }

  /// What is drawn and its score, which is told also where there is no room for all of the name.
  private static func caption(_ name: String, of frame: RunFrames.Frame) -> String {
    let score = frame.score.short
    // Letters of captions are 6 pixels wide.
    let room = frame.picture.shape[2] / 6 - score.count - 1
    guard name.count > room else { return "\(name) \(score)" }
    return "\(name.prefix(max(room - 2, 0))).. \(score)"
  }

  private func write(_ frames: [RunFrames.Frame], to files: [OutputFile]) throws {
    for (frame, file) in zip(frames, files) {
      let picture = ContactSheet(
        [frame.picture], captions: ["\(frame.place)  \(frame.score.short)"]
      ).picture
      try file.write { try PictureFile($0).write(picture) }
    }
    let folder = (files[0].path as NSString).deletingLastPathComponent
    progress.tellMade(folder, "  \(frames.count) frames")
  }
}
