import ConvolutionalNetworks

/// How a recurrent node runs.
struct RecurrenceAttributes {
  /// For each direction, whether it begins with the last step.
  let directions: [Bool]
  /// The activations of each direction.
  let activations: [[RecurrentActivation]]
  let clip: Float?
  let isBatchFirst: Bool

  /// - Parameter names: the activations that the node has unless it states others.
  init(_ node: ONNXNode, activations names: [String]) throws(ONNXError.Problem) {
    directions = try node.choice(
      "direction", default: "forward",
      of: ["forward": [false], "reverse": [true], "bidirectional": [false, true]])
    clip = try node.float("clip").flatMap { $0 > 0 ? $0 : nil }
    isBatchFirst = try node.flag("layout")
    // Extents tell it already.
    _ = try node.int("hidden_size")
    let given = try node.strings("activations") ?? directions.flatMap { _ in names }
    guard given.count == names.count * directions.count else {
      throw .invalidAttribute(
        "activations",
        reason: "\(given.count), of which a direction has \(names.count)")
    }
    // Functions that need a number take the next of the list.
    var alphas = try node.floats("activation_alpha") ?? []
    var betas = try node.floats("activation_beta") ?? []
    var all: [RecurrentActivation] = []
    for name in given { all.append(try Self.activation(name, &alphas, &betas)) }
    activations = directions.indices.map {
      Array(all[$0 * names.count..<($0 + 1) * names.count])
    }
  }

  private static func activation(
    _ name: String, _ alphas: inout [Float], _ betas: inout [Float]
  ) throws(ONNXError.Problem) -> RecurrentActivation {
    func next(_ numbers: inout [Float], else number: Float) -> Float {
      numbers.isEmpty ? number : numbers.removeFirst()
    }
    switch name.lowercased() {
    case "relu": return .init(.relu)
    case "tanh": return .init(.tanh)
    case "sigmoid": return .init(.sigmoid)
    case "softsign": return .init(.softsign)
    case "softplus": return .init(.softplus)
    case "leakyrelu": return .init(.leakyReLU(slope: next(&alphas, else: 0.01)))
    case "thresholdedrelu": return .init(.thresholdedReLU(threshold: next(&alphas, else: 1)))
    case "elu": return .init(.elu(alpha: next(&alphas, else: 1)))
    case "hardsigmoid":
      return .init(
        .hardSigmoid(alpha: next(&alphas, else: 0.2), beta: next(&betas, else: 0.5)))
    case "affine":
      return .init(
        .linear, inputScale: next(&alphas, else: 1), offset: next(&betas, else: 0))
    case "scaledtanh":
      return .init(
        .tanh, inputScale: next(&betas, else: 1), outputScale: next(&alphas, else: 1))
    default: throw .unsupportedAttribute("activations", value: "'\(name)'")
    }
  }
}

/// The weights of a recurrent node by direction.
struct RecurrenceWeights {
  let input: [Tensor]
  let recurrent: [Tensor]
  let biases: [(input: Tensor, recurrent: Tensor)]?
  let peepholes: [Tensor]?

  init(_ graph: inout GraphImport, _ node: ONNXNode, directions: Int) throws(ONNXError.Problem) {
    input = try Self.parts(&graph, node, 1, directions, rank: 3)
    recurrent = try Self.parts(&graph, node, 2, directions, rank: 3)
    biases =
      node.hasInput(3)
      ? try Self.parts(&graph, node, 3, directions, rank: 2).map { both in
        let half = both.count / 2
        return (both.part(0..<half), both.part(half..<2 * half))
      } : nil
    peepholes =
      node.operatorName == "LSTM" && node.hasInput(7)
      ? try Self.parts(&graph, node, 7, directions, rank: 2) : nil
  }

  /// The entries of the first axis of a tensor, of which each direction has one.
  private static func parts(
    _ graph: inout GraphImport, _ node: ONNXNode, _ position: Int, _ directions: Int, rank: Int
  ) throws(ONNXError.Problem) -> [Tensor] {
    let all = try graph.tensor(node, position)
    // They are copied, and once more into the order of the gates.
    try graph.take(2 * all.count)
    guard all.rank == rank, all.shape[0] == directions else {
      throw .unsupported(
        "weights of shape \(all.shape) for \(directions) direction\(directions == 1 ? "" : "s")")
    }
    let count = all.count / directions
    return (0..<directions).map { direction in
      all.part(direction * count..<(direction + 1) * count).reshaped(
        to: Array(all.shape.dropFirst()))
    }
  }
}

extension Tensor {
  /// Some elements, as they lie.
  fileprivate func part(_ range: Range<Int>) -> Tensor {
    Tensor(shape: [range.count], elements: elements[range])
  }
}
