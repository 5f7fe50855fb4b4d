public import FeatureVisualization

/// Reads a layer's activations from any number of pictures, by a network that is compiled once.
///
///     let reader = try ActivationReader(network, layer: "mixed4c")
///     for photo in photos { try moments.add(try reader.activations(of: photo)) }
///
/// It holds the memory of a run and is not `Sendable`: two tasks take two.
public final class ActivationReader {
  /// The layer as the network calls it.
  public let layer: String
  /// The shape of the layer's output for one picture, `[1, H, W, C]` of a feature map.
  public let shape: [Int]
  /// The size of the pictures that it takes.
  public var size: PictureSize { evaluator.size }

  private let evaluator: LayerEvaluator

  /// Compiles the part of the network that the layer depends on.
  ///
  /// - Parameters:
  ///   - layer: the layer, of any kind.
  ///   - height: the pictures' height; what the network declares unless given.
  ///   - width: their width.
  ///   - batch: the pictures that go through the network at once; results are the same for any.
  ///   - heldInputs: what the network's other inputs hold for every picture, channels last.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError` where the network cannot take such pictures.
  public init(
    _ network: NeuralNetwork, layer: LayerID, height: Int? = nil, width: Int? = nil,
    batch: Int = 1, heldInputs: [String: Tensor] = [:], memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    guard (1...4096).contains(batch) else {
      throw .invalidArgument("batch", "\(batch) is not in 1…4096")
    }
    evaluator = try LayerEvaluator(
      network, layers: [TapRequest(layer)], height: height, width: width, count: batch,
      heldInputs: heldInputs, memoryLimit: memoryLimit)
    self.layer = evaluator.layers[0].layer
    shape = [1] + evaluator.layers[0].shape.dropFirst()
  }

  /// The layer's output, feature maps as `[N, H, W, C]`.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1, of the reader's size; any number of them.
  /// - Throws: `VisualizationError.invalidArgument` for pictures of another size or kind.
  public func activations(of pictures: Tensor) throws(VisualizationError) -> Tensor {
    let (count, batch) = (pictures.pictureCount, evaluator.pictureCount)
    var outputs: [Tensor] = []
    for first in stride(from: 0, to: count, by: batch) {
      // A batch is filled up with its last picture, whose results are not read.
      for place in 0..<batch {
        try evaluator.setPicture(place, to: pictures.picture(min(first + place, count - 1)))
      }
      evaluator.forward()
      let output = evaluator.output(0)
      for index in 0..<min(batch, count - first) { outputs.append(output.picture(index)) }
    }
    return try Tensor(stacking: outputs)
  }

  /// Refuses pictures that the network does not take.
  func validate(_ pictures: Tensor) throws(VisualizationError) {
    for index in 0..<pictures.pictureCount {
      try evaluator.setPicture(0, to: pictures.picture(index))
    }
  }
}
