import ConvolutionalNetworks
import FeatureVisualization

/// The time of a whole visualization: total variation, L⁶ norm, jitter, RMSProp on the pixels.
struct VisualizationFigures: Encodable {
  let steps: Int
  /// From the call to the picture.
  let seconds: Double
  /// The median time from one step to the next.
  let stepMedianMilliseconds: Double

  init(
    _ network: NeuralNetwork, layer: LayerID, unit: Int, position: MapPosition?,
    size: InputSize?, batch: Int, held: [String: Tensor], steps: Int,
    denseWeights: Program.WeightPrecision, memoryLimit: Int?
  ) throws {
    var recipe = Preset.kerasVis
    recipe.denseWeights = denseWeights
    recipe.memoryLimit = memoryLimit
    recipe.inputModifiers = [.jitter(16)]
    recipe.size = size
    recipe.heldInputs = held
    let objective = ActivationMaximization(layer: layer, units: unit, at: position)
    var marks: [ContinuousClock.Instant] = []
    let start = ContinuousClock.now
    _ = try network.visualizeActivationWithLosses(
      1 * objective + 10 * LpNorm(p: 6) + 10 * TotalVariation(),
      preset: recipe, iterations: steps, seeds: (0..<UInt64(batch)).map { $0 }
    ) { _ in
      marks.append(.now)
    }
    self.steps = steps
    seconds = (ContinuousClock.now - start) / .seconds(1)
    stepMedianMilliseconds =
      zip(marks.dropFirst(), marks).map { ($0 - $1) / .milliseconds(1) }.median
  }
}
