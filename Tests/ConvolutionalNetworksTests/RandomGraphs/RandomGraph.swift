import ConvolutionalNetworks
import FeatureVisualizationTestSupport

/// A small valid network that follows from a number: several inputs, values read several times, taps in the middle, some
/// units or positions of a tap, rules of backpropagation, either arithmetic.
struct RandomGraph: CustomStringConvertible {
  let seed: UInt64
  let network: NeuralNetwork
  /// The shapes of one picture, as inputs are handed in.
  let inputs: [String: [Int]]
  let taps: [TapRequest]
  let rule: GradientRule
  let options: Program.Options

  // Redirected ones depend on where pictures lie, which the interpreter does not follow through transpositions.
  private static let rules: [GradientRule] = [
    .guided, .rectified, .averagedMaxima, .contraharmonicMaxima,
  ]

  init(seed: UInt64) throws {
    self.seed = seed
    var start = SeededTensors(seed: seed)
    let layout: TensorLayout = Bool.random(using: &start) ? .channelsFirst : .channelsLast
    var builder = RandomGraphBuilder(random: start, layout: layout)
    builder.addInput("x", builder.inputShape())
    if builder.chance(0.25) {
      let shape = builder.chance(0.5) ? builder.inputs["x"] : nil
      builder.addInput("z", shape ?? builder.inputShape())
    }
    let count = builder.number(2...12)
    for _ in 0..<60 where builder.layers.count < count {
      let value = builder.value()
      // Maps have three or four axes.
      if (3...4).contains(value.rank), builder.chance(0.6) {
        builder.addMapLayer(value)
      } else {
        builder.addLayer(value)
      }
    }
    inputs = builder.inputs
    network = try NeuralNetwork(
      layout: layout, inputs: inputs.sorted { $0.key < $1.key }.map { .map($0, $1, layout) },
      layers: builder.layers, outputs: [])
    taps = try Self.taps(&builder, network, inputs)
    rule = builder.chance(0.25) ? builder.one(of: Self.rules) : .plain
    let modifier: (any BackpropModifier)? =
      switch rule {
      case .guided: GuidedBackprop()
      case .rectified: RectifiedBackprop()
      case .averagedMaxima: SmoothedPooling(smoothing: .average)
      case .contraharmonicMaxima: SmoothedPooling(smoothing: .contraharmonic)
      case .plain, .redirected: builder.chance(0.1) ? PlainBackprop() : nil
      }
    options = Program.Options(
      backpropModifier: modifier, arithmetic: builder.chance(0.2) ? .plain : .fast)
  }

  var description: String {
    let layers = network.layers.map { layer in
      let operation = "\(layer.operation)".replacing("ConvolutionalNetworks.", with: "")
      return "  \(layer.name): \(operation) of \(layer.inputs) to \(layer.outputs)"
    }
    return """
      graph \(seed), \(network.layout), inputs \(inputs), taps \(taps), \(rule), \(options.arithmetic)
      \(layers.joined(separator: "\n"))
      """
  }

  /// One to three values, most of them late ones; perhaps some units or positions of them.
  private static func taps(
    _ builder: inout RandomGraphBuilder, _ network: NeuralNetwork, _ inputs: [String: [Int]]
  ) throws -> [TapRequest] {
    let made = builder.values.filter { builder.inputs[$0.name] == nil }
    let candidates = made.isEmpty ? builder.values : made
    var names = [candidates[candidates.count - 1].name]
    for _ in 0..<builder.number(0...2) where builder.chance(0.5) {
      let name = builder.one(of: candidates).name
      if !names.contains(name) { names.append(name) }
    }
    let program = try Program(
      network, inputShapes: inputs, taps: names.map { LayerID.name($0) },
      options: .init(differentiatedInputs: []))
    return zip(names, program.taps).map { name, tap in
      let shape = tap.wholeShape
      guard builder.chance(0.3), shape.count == 2 || shape.count == 4 else {
        return TapRequest(.name(name))
      }
      let units = [builder.number(0...shape[shape.count - 1] - 1)]
      guard shape.count == 4, builder.chance(0.6) else {
        return TapRequest(.name(name), units: units)
      }
      let cell = MapPosition.cell(
        row: builder.number(0...shape[1] - 1), column: builder.number(0...shape[2] - 1))
      return TapRequest(.name(name), units: builder.chance(0.5) ? units : nil, positions: [cell])
    }
  }
}

extension RandomGraphBuilder {
  /// A map of a few channels, a row of positions, or a vector.
  fileprivate mutating func inputShape() -> [Int] {
    switch number(0...9) {
    case 0...6: [1, number(1...10), number(1...10), number(1...9)]
    case 7: [1, number(1...12), number(1...9)]
    default: [1, number(1...40)]
    }
  }
}
