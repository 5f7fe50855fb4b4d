import EmbeddedNetworks
import FeatureVisualization

/// A small visualization of a mixture that passes through most of the package.
struct Recipe: Sendable {
  let preset: String
  let layer: LayerID
  let unit: Int
  let side: Int
  let seed: UInt64

  /// Pixels and spectra, with and without transformations, small and large pictures, one layer and all of them.
  static let mixture: [Recipe] = [
    Recipe(preset: "lucid", layer: "predictions", unit: 3, side: 96, seed: 1),
    Recipe(preset: "keras-vis", layer: "predictions", unit: 7, side: 96, seed: 2),
    Recipe(preset: "yosinski-4", layer: "predictions", unit: 11, side: 104, seed: 3),
    Recipe(preset: "erhan", layer: "predictions", unit: 20, side: 112, seed: 4),
    Recipe(preset: "lucid", layer: "predictions", unit: 5, side: 99, seed: 5),
  ]

  /// The pictures' and scores' bits.
  func draw(steps: Int = 6) throws -> [UInt32] {
    let visualization = try visualize(steps: steps)
    return (visualization.pictures.elements + visualization.scores).map(\.bitPattern)
  }

  func visualize(
    steps: Int, onProgress: ((VisualizationProgress) -> Void)? = nil
  ) throws -> Visualization {
    try NeuralNetwork.pictureNet().visualizeActivation(
      of: layer, units: [unit], preset: try Preset.named(preset).with(\.size, InputSize(side)),
      iterations: steps, seed: seed, onProgress: onProgress)
  }

  /// The same on a thread of its own.
  func visualizeOnItsThread(
    steps: Int, onProgress: (@Sendable (VisualizationProgress) -> Void)? = nil
  ) async throws -> Visualization {
    try await NeuralNetwork.pictureNet().visualizeActivation(
      of: layer, units: unit, preset: try Preset.named(preset).with(\.size, InputSize(side)),
      iterations: steps, seed: seed, onProgress: onProgress)
  }
}
