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
  /// The height and width of the pictures that it takes.
  public let size: PictureSize

  private let input: MapInput
  private let batch: Int
  private let workspace: Workspace

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
    input = try MapInput(of: network, height: height, width: width, heldInputs: heldInputs)
    let program = try Program(
      network, inputShapes: input.shapes(count: batch), taps: [layer],
      options: .init(differentiatedInputs: [], memoryLimit: memoryLimit))
    let tap = program.taps[0]
    guard tap.shape.first == batch else {
      throw .rowsAreNoPictures(layer: tap.layer, shape: tap.shape, pictures: batch)
    }
    workspace = try Workspace(program)
    for (name, tensor) in input.heldRows(count: batch) where program.inputShapes[name] != nil {
      workspace.setInput(name, to: tensor)
    }
    self.batch = batch
    self.layer = tap.layer
    size = input.size
    shape = [1] + tap.shape.dropFirst()
  }

  /// The layer's output, feature maps as `[N, H, W, C]`.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1, of the reader's size; any number of them.
  /// - Throws: `VisualizationError.invalidArgument` for pictures of another size or kind.
  public func activations(of pictures: Tensor) throws(VisualizationError) -> Tensor {
    let numbers = try input.numbers(of: pictures)
    let count = numbers.shape[0]
    var outputs: [Tensor] = []
    for first in stride(from: 0, to: count, by: batch) {
      // A batch is filled up with its last picture, whose results are not read.
      let places = (0..<batch).map { min(first + $0, count - 1) }
      var part: [Tensor] = []
      for place in places { part.append(numbers.picture(place)) }
      workspace.setInput(input.input.name, to: try Tensor(stacking: part))
      workspace.forward()
      let output = workspace.tap(0)
      for index in 0..<min(batch, count - first) { outputs.append(output.picture(index)) }
    }
    return try Tensor(stacking: outputs)
  }
}
