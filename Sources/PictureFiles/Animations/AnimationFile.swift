internal import CFVFiles
internal import ConvolutionalNetworks
public import Foundation

/// An animated GIF, or an animated PNG, which keeps all colours.
///
///     let frames = visualization.snapshots.map {
///       AnimationFrame($0.pictures.picture(0), caption: "step \($0.iteration)")
///     }
///     try AnimationFile(URL(filePath: "run.gif")).write(frames)
///
/// A GIF has one palette of 256 colours, chosen from all frames, so that colours do not flicker; what lies between them is
/// dithered. Formats: [GIF89a](https://www.w3.org/Graphics/GIF/spec-gif89a.txt) and
/// [PNG, third edition](https://www.w3.org/TR/png-3/).
public struct AnimationFile: Sendable {
  /// Where the file is.
  public let url: URL

  /// The file at `url`, whether it exists or not.
  public init(_ url: URL) { self.url = url }

  /// Writes an animation, as GIF (`.gif`) or as animated PNG (`.png`, `.apng`) by the name's extension.
  ///
  /// Frames that are smaller than the largest are enlarged. Where one has a caption, all have a line for it, 17 pixels high.
  /// The same frames give the same bytes. An existing file is replaced; where writing fails it stays as it was.
  ///
  /// - Parameters:
  ///   - frames: at least one.
  ///   - delay: how many seconds a frame is shown that does not say it itself; rounded to hundredths and held within
  ///     0.02…655, since browsers slow down what is faster.
  ///   - loops: how often the animation is played; 0 for ever.
  /// - Throws: `PictureFileError` where there is no frame, the name ends in no known extension, a picture cannot be written
  ///   (its shape, NaN, more than `PictureFile.maximumPixelCount` pixels, for a GIF more than 65,535 a side), or the file
  ///   cannot.
  /// - Complexity: time and bytes of the file grow with the pixels of all frames; memory, beside the frames', with those of
  ///   one.
  public func write(
    _ frames: [AnimationFrame], delay: Double = 0.1, loops: Int = 0
  ) throws(PictureFileError) {
    let file = WholeFile(url)
    guard let format = AnimationFormat(fileExtension: url.pathExtension) else {
      throw .unsupportedAnimationExtension(file: file.name)
    }
    guard !frames.isEmpty else { throw .noFrames(file: file.name) }
    for frame in frames { _ = try PictureFile(url).writable(frame.picture, to: file) }
    let layout = AnimationLayout(frames)
    guard PictureFile.admits(height: layout.frameHeight, width: layout.frameWidth) else {
      throw .tooLarge(file: file.name, height: layout.frameHeight, width: layout.frameWidth)
    }
    let timing = AnimationTiming(delay: delay, loops: loops)
    do {
      try file.write { writer throws(FileFailure) in
        switch format {
        case .gif: try GIFAnimation(frames, layout, timing).write(to: writer)
        case .apng: try PNGAnimation(frames, layout, timing).write(to: writer)
        }
      }
    } catch { throw .unwritable(file: file.name, reason: error.reason) }
  }
}

/// How long frames are shown, and how often all of them.
struct AnimationTiming {
  let delay: Double
  /// 0 for ever.
  let loops: Int

  init(delay: Double, loops: Int) {
    self.delay = delay
    self.loops = min(max(loops, 0), 65_535)
  }

  /// The hundredths of a second that a frame is shown.
  func hundredths(of frame: AnimationFrame) -> UInt16 {
    let seconds = frame.seconds ?? delay
    guard seconds.isFinite else { return seconds > 0 ? 65_500 : 2 }
    return UInt16(min(max((seconds * 100).rounded(), 2), 65_500))
  }
}
