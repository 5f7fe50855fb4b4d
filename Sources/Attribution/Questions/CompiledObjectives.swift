import FeatureVisualization

/// A network compiled for an objective of one picture, for every batch, set of layers and backprop modifier asked for.
final class CompiledObjectives {
  let network: NeuralNetwork
  /// Of one picture.
  let objective: Objective
  /// Of one picture.
  let heldInputs: [String: Tensor]

  let memoryLimit: Int
  /// The most pictures at once: fewer than asked for where memory, a loss or the network does not allow it.
  private var largestBatch: Int
  /// Those used last come last.
  private var entries: [Entry] = []

  private struct Entry {
    let layers: [LayerID]
    let modifier: (any BackpropModifier)?
    let evaluator: ObjectiveEvaluator
  }

  /// - Throws: `VisualizationError` for a batch of no pictures, and an objective whose pictures depend on one another.
  init(
    _ network: NeuralNetwork, _ objective: Objective, _ heldInputs: [String: Tensor],
    batchSize: Int, memoryLimit: Int?
  ) throws(VisualizationError) {
    guard batchSize > 0 else {
      throw .invalidArgument("batchSize", "\(batchSize) is not positive")
    }
    if let coupled = objective.terms.first(where: {
      $0.role == .objective && $0.loss.couplesPictures
    }) {
      throw .incompatible(
        "attribution", coupled.name,
        reason: "its value for a picture depends on others: ask about a loss of one picture")
    }
    (self.network, self.objective, self.heldInputs) = (network, objective, heldInputs)
    largestBatch = batchSize
    self.memoryLimit = memoryLimit ?? RunMemory.defaultLimit
  }

  /// What evaluates the next pictures: compiled for as many at once as go evenly into all of them.
  ///
  /// - Throws: `VisualizationError` where not even one picture can be evaluated.
  func evaluator(
    of count: Int, height: Int, width: Int, gradientsAt layers: [LayerID],
    modifier: (any BackpropModifier)?
  ) throws(VisualizationError) -> ObjectiveEvaluator {
    while true {
      let batch = Self.evenBatch(of: count, atMost: largestBatch)
      if let place = entries.firstIndex(where: {
        $0.evaluator.pictureCount == batch && $0.evaluator.size.height == height
          && $0.evaluator.size.width == width && $0.layers == layers
          && isSame($0.modifier, modifier)
      }) {
        let entry = entries.remove(at: place)
        entries.append(entry)
        return entry.evaluator
      }
      do throws(VisualizationError) {
        let evaluator = try compile(batch, height, width, layers, modifier)
        entries.append(Entry(layers: layers, modifier: modifier, evaluator: evaluator))
        return evaluator
      } catch {
        if error.tellsOfMemory, !entries.isEmpty {
          entries.removeFirst()
        } else if batch > 1 {
          largestBatch = error.tellsOfMemory ? (batch + 1) / 2 : 1
        } else {
          throw error
        }
      }
    }
  }

  private func compile(
    _ batch: Int, _ height: Int, _ width: Int, _ layers: [LayerID],
    _ modifier: (any BackpropModifier)?
  ) throws(VisualizationError) -> ObjectiveEvaluator {
    let taken = entries.reduce(0) { $0.addingClamped($1.evaluator.memory) }
    return try ObjectiveEvaluator(
      network, batch == 1 ? objective : try objective.repeated(batch), height: height,
      width: width, count: batch, gradientsAt: layers, backpropModifier: modifier,
      heldInputs: heldInputs, beyondRange: true, memoryLimit: max(memoryLimit - taken, 0))
  }

  /// How many of `count` pictures go at once: at least half of `limit`, so that the last batch lacks the fewest.
  static func evenBatch(of count: Int, atMost limit: Int) -> Int {
    guard count > limit else { return max(count, 1) }
    let sizes = ((limit + 1) / 2...limit).reversed()
    return sizes.min { lacking(count, $0) < lacking(count, $1) } ?? limit
  }

  private static func lacking(_ count: Int, _ batch: Int) -> Int {
    (batch - count % batch) % batch
  }
}

extension VisualizationError {
  /// Whether less work at once would help.
  fileprivate var tellsOfMemory: Bool {
    switch self {
    case .tooMuchMemory, .outOfMemory: true
    default: false
    }
  }
}
