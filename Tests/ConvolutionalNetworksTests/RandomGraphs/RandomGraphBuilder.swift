import ConvolutionalNetworks
import FeatureVisualizationTestSupport

/// Adds layers one by one to a graph, each of which takes the values that it is given.
struct RandomGraphBuilder {
  /// The pictures of the shapes below: more than any axis that a layer makes, so that none is taken for them.
  static let pictures = 101
  /// The most numbers of a value of one picture.
  private static let mostNumbers = 1500

  /// A value and its logical shape.
  struct Value {
    let name: String
    let shape: [Int]

    var rank: Int { shape.count }
    var lastAxis: Int { shape[shape.count - 1] }
  }

  var random: SeededTensors
  let layout: TensorLayout
  private(set) var inputs: [String: [Int]] = [:]
  private(set) var layers: [Layer] = []
  /// What each picture has of its own: inputs, and what is made of them.
  private(set) var values: [Value] = []

  init(random: SeededTensors, layout: TensorLayout) {
    (self.random, self.layout) = (random, layout)
  }

  // MARK: Drawing

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  mutating func weights(_ shape: [Int], in range: ClosedRange<Double> = -1...1) -> Tensor {
    Tensor(random.uniform(shape, in: range))
  }

  /// Weights that keep the size of what they are multiplied with, as `inner` products are added.
  mutating func weights(_ shape: [Int], inner: Int) -> Tensor {
    let bound = (3 / Double(max(inner, 1))).squareRoot()
    return weights(shape, in: -bound...bound)
  }

  /// A value that was made lately, or any.
  mutating func value() -> Value {
    chance(0.6) ? one(of: Array(values.suffix(3))) : one(of: values)
  }

  // MARK: Axes of feature maps

  func channels(_ value: Value) -> Int { value.shape[layout.channelAxis(rank: value.rank)] }

  func spatialAxes(_ value: Value) -> [Int] {
    (1..<value.rank).filter { $0 != layout.channelAxis(rank: value.rank) }
  }

  // MARK: Adding

  /// - Parameter presented: the shape of one picture as it is handed in.
  mutating func addInput(_ name: String, _ presented: [Int]) {
    inputs[name] = presented
    let shape =
      presented.count < 3
      ? presented
      : layout.shape(
        batch: 1, spatial: Array(presented.dropFirst().dropLast()),
        channels: presented[presented.count - 1])
    values.append(Value(name: name, shape: [Self.pictures] + shape.dropFirst()))
  }

  /// A constant, which no picture has of its own.
  mutating func constant(_ tensor: Tensor) -> Value {
    let name = "constant\(layers.count)"
    layers.append(Layer(name, Constant(tensor), inputs: []))
    return Value(name: name, shape: tensor.shape)
  }

  /// Adds a layer, unless its operation refuses these shapes, mixes pictures or makes too much of them.
  ///
  /// - Returns: its outputs.
  @discardableResult mutating func add(_ operation: any LayerOperation, _ operands: [Value])
    -> [Value]?
  {
    guard let shapes = try? operation.outputShapes(for: operands.map(\.shape), layout: layout),
      shapes.allSatisfy(Self.suits)
    else { return nil }
    let name = "\(operation.kind)\(layers.count)"
    let outputs = shapes.enumerated().map { index, shape in
      Value(name: shapes.count == 1 ? name : "\(name)/\(index)", shape: shape)
    }
    layers.append(
      Layer(name, operation, inputs: operands.map(\.name), outputs: outputs.map(\.name)))
    values += outputs
    return outputs
  }

  /// Takes back layers that lead nowhere, down to so many.
  mutating func forgetLayers(after count: Int) {
    let kept = Set(layers.prefix(count).flatMap(\.outputs)).union(inputs.keys)
    layers.removeLast(layers.count - count)
    values.removeAll { !kept.contains($0.name) }
  }

  private static func suits(_ shape: [Int]) -> Bool {
    shape.count > 1 && shape[0] == pictures
      && shape.dropFirst().allSatisfy { $0 > 0 && $0 % pictures != 0 }
      && shape.dropFirst().reduce(1, *) <= mostNumbers
  }
}
