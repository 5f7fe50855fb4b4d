internal import ConvolutionalNetworks

/// A network's shapes for a few shapes of its inputs, from which one sees what depends on them.
struct ShapeSamples {
  private let network: NeuralNetwork
  private typealias Sample = (shapes: [String: [Int]], operations: [Int: any LayerOperation])

  private let samples: [Sample]
  private let positions: [String: Int]

  /// The numbers of pictures that are tried.
  private static let batches = 1...16
  /// The side of a picture where the network leaves it open, and by how much another one differs.
  private static let side = 224
  private static let step = 32

  init(of network: NeuralNetwork) throws(ONNXExportError.Problem) {
    self.network = network
    positions = Dictionary(
      uniqueKeysWithValues: network.layers.enumerated().map { ($0.element.name, $0.offset) })
    func sample(_ batch: Int, _ side: Int) throws(VisualizationError) -> Sample {
      var shapes: [String: [Int]] = [:]
      for input in network.inputs {
        shapes[input.name] = input.shape.enumerated().map { axis, extent in
          axis == 0 ? batch : extent ?? side
        }
      }
      return try network.inferShapes(shapes)
    }
    // A layer may look at particular pictures of a batch.
    var failure: VisualizationError?
    for batch in Self.batches {
      do throws(VisualizationError) {
        let first = try sample(batch, Self.side)
        // Others may not fit where the network takes one number of pictures, or one size, only.
        samples = [
          first, try? sample(batch + 1, Self.side), try? sample(batch, Self.side + Self.step),
        ].compactMap(\.self)
        return
      } catch { failure = failure ?? error }
    }
    throw .network(failure ?? .missingInput(name: ""))
  }

  /// The shape of a value for one picture.
  func shape(of value: String) -> [Int] { samples[0].shapes[value] ?? [] }

  /// The extents of a value that do not depend on the inputs' shape.
  func extents(of value: String) -> [Int?] {
    shape(of: value).enumerated().map { axis, extent in
      samples.allSatisfy { $0.shapes[value]?[axis] == extent } ? extent : nil
    }
  }

  /// A layer's operation for one picture.
  func operation(at position: Int) -> (any LayerOperation)? { samples[0].operations[position] }

  /// The numbers that an expression stands for in all samples.
  func fixed(_ layer: String, _ expression: (any LayerOperation) -> ShapeExpression?)
    throws(ONNXExportError.Problem) -> NumberArray?
  {
    let values = evaluated(layer, expression)
    guard let first = values.first else { return nil }
    guard values.allSatisfy({ $0 == first }) else {
      throw .unsupported("arithmetic on the shape of the input")
    }
    return first
  }

  /// As `fixed`, for the shape of a Reshape: what differs must be kept from its input, or follow from the rest.
  func reshaping(_ layer: Layer) throws(ONNXExportError.Problem) -> [Int] {
    let shapes = evaluated(layer.name) { ($0 as? Reshape)?.shape }.map {
      $0.numbers.map { Int($0) }
    }
    guard var result = shapes.first, shapes.allSatisfy({ $0.count == result.count }) else {
      throw .unsupported("arithmetic on the shape of the input")
    }
    for axis in result.indices where !shapes.allSatisfy({ $0[axis] == result[axis] }) {
      let isKept = zip(shapes, samples).allSatisfy { shape, sample in
        let input = sample.shapes[layer.inputs[0]] ?? []
        return axis < input.count && input[axis] == shape[axis]
      }
      result[axis] = isKept ? 0 : -1
    }
    guard result.count(where: { $0 == -1 }) <= 1 else {
      throw .unsupported("arithmetic on the shape of the input")
    }
    return result
  }

  private func evaluated(
    _ layer: String, _ expression: (any LayerOperation) -> ShapeExpression?
  ) -> [NumberArray] {
    guard let position = positions[layer] else { return [] }
    return samples.compactMap { sample in
      sample.operations[position].flatMap(expression)?.constantValue
    }
  }
}
