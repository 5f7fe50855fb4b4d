import ConvolutionalNetworks
import FeatureVisualization
import PictureJudging

/// The judges of pictures that are being drawn.
struct DrawingJudges {
  private let panel: JudgePanel
  private let network: NeuralNetwork

  /// - Throws: the reader's errors; `JudgingError` for classes that a judge does not know; `ToolError` for pictures of several
  ///   classes, or of none: told before anything is drawn.
  init(
    _ paths: [String], _ drawings: [Drawing], _ subject: PictureNetwork, _ memory: ByteCount?
  ) throws {
    network = subject.network
    let extent = try? subject.pictureExtent(nil)
    panel = try Judges.panel(paths, size: extent, memory: memory)
    for drawing in drawings {
      try panel.settle(try Self.drawnClass(drawing))
    }
  }

  private static func drawnClass(_ drawing: Drawing) throws -> DrawnClass {
    guard let target = drawing.target, target.units.count == 1, let count = target.classCount else {
      throw ToolError(
        "--judge: '\(drawing.title)' is not one class of the network, and judges are asked about one"
      )
    }
    return DrawnClass(target.labels?.first, unit: target.units[0], of: count)
  }

  /// What the judges say of a picture.
  func judgement(of picture: Tensor, _ drawing: Drawing) throws -> Judgement {
    try panel.judgement(of: picture, drawnOf: try Self.drawnClass(drawing))
  }

  /// What it is worth to the network that drew it, as it is and under fresh draws.
  func score(of picture: Tensor, _ drawing: Drawing) throws -> ScoreUnderDraws {
    try ScoreUnderDraws(
      of: picture, for: drawing.objective, in: network, drawnBy: drawing.preset,
      // None of the draws that the picture was drawn under.
      seed: drawing.seeds[0] &+ 0x5EED)
  }
}
