public import FeatureVisualization

/// Pictures drawn from directions over a layer's units.
public struct DirectionPictures: Sendable {
  /// A picture for each direction, `[N, H, W, C]`, 0…1.
  public let pictures: Tensor
  /// How well each picture does what was asked for; see `Direction`.
  public let scores: [Float]
  /// What a person should know about them; pictures are numbered within their batch.
  public let warnings: [VisualizationWarning]
  /// Whether the run was stopped: pictures of later batches are missing then, and those of the last one unfinished.
  public let isCancelled: Bool
}

/// How far the drawing of several directions is.
public struct DirectionProgress {
  /// The pictures of earlier batches.
  public let finishedPictures: Int
  /// The pictures asked for.
  public let pictureCount: Int
  /// How far the batch at hand is.
  public let batch: VisualizationProgress
}

extension NeuralNetwork {
  /// Draws a picture for each of some directions over a layer's units.
  ///
  ///     let icons = try network.visualizeDirections(
  ///       atlas.directions, of: "mixed4c", by: .dotCosine(power: 2), at: .center, side: 96)
  ///
  /// It takes as long as so many visualizations. Each picture starts from the same seed, and is what it would be alone.
  ///
  /// - Parameters:
  ///   - directions: a number for each unit of the layer.
  ///   - similarity: how activations and directions are compared.
  ///   - position: the only position of a feature map that counts; all of them unless given.
  ///   - whitening: takes the correlations of units out of the directions.
  ///   - preset: the recipe, with its size, start and other inputs.
  ///   - side: the side of the pictures where the layer can be computed from it; the recipe's unless given.
  ///   - batch: how many are drawn at once, as memory allows.
  ///   - seed: fixes every random draw.
  ///   - onProgress: called after every iteration; may stop the run.
  /// - Throws: `VisualizationError`.
  public func visualizeDirections(
    _ directions: [[Float]], of layer: LayerID, by similarity: Direction.Similarity = .dot,
    at position: MapPosition? = nil, whitening: Whitening? = nil, preset: Preset = .lucid,
    side: Int? = nil, batch: Int = 8, seed: UInt64 = 0,
    onProgress: ((DirectionProgress) -> Void)? = nil
  ) throws(VisualizationError) -> DirectionPictures {
    guard !directions.isEmpty, batch > 0 else {
      throw .invalidArgument("directions", "\(directions.count) of them, \(batch) at once")
    }
    var preset = preset
    if let side { try preset.setSide(side, for: self, layer) }
    var pictures: [Tensor] = []
    var scores: [Float] = []
    var warnings: [VisualizationWarning] = []
    var isCancelled = false
    for first in stride(from: 0, to: directions.count, by: batch) where !isCancelled {
      let part = directions[first..<min(directions.count, first + batch)]
      let loss = Direction(
        layer: layer, eachOf: part.map { Tensor(shape: [$0.count], elements: $0) },
        by: similarity, at: position, whitening: whitening)
      let drawn = try visualizeActivationWithLosses(
        loss + preset.regularizers, preset: preset, seeds: part.map { _ in seed }
      ) { progress in
        onProgress?(
          DirectionProgress(
            finishedPictures: first, pictureCount: directions.count, batch: progress))
      }
      pictures.append(drawn.pictures)
      scores += drawn.scores
      warnings += drawn.warnings
      isCancelled = drawn.isCancelled
    }
    return DirectionPictures(
      pictures: try Tensor(stacking: pictures), scores: scores, warnings: warnings,
      isCancelled: isCancelled)
  }
}

extension Preset {
  /// Has the network see squares of this side, if the layer can be computed from them; what the network declares stays
  /// else.
  fileprivate mutating func setSide(
    _ side: Int, for network: NeuralNetwork, _ layer: LayerID
  ) throws(VisualizationError) {
    guard side > 0 else { throw .invalidArgument("side", "\(side) is not positive") }
    guard
      (try? LayerEvaluator(
        network, layers: [TapRequest(layer)], height: side, width: side, heldInputs: heldInputs))
        != nil
    else { return }
    size = InputSize(side)
  }
}
