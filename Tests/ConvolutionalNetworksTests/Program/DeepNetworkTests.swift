import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects networks of 50,000 layers: compiling and running them takes time as their number, and no deep stack.
@Suite(.serialized) struct DeepNetworkTests {
  /// A kind of network whose layers are many.
  enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case rectifiers, sigmoids, identities, sums, products, convolutions, residuals, flattened,
      nested
    case wideConcatenation, wideSum

    var testDescription: String { rawValue }
  }

  private static let count = 50_000

  @Test(arguments: Kind.allCases)
  func costGrowsWithTheNumberOfLayers(_ kind: Kind) throws {
    let seconds = try SmallStack.run {
      let network = try Self.network(kind)
      #expect(try network.summary(inputShapes: ["x": [1, 2, 2, 2]]).count >= Self.count)
      let program = try Program(network, inputShapes: ["x": [1, 2, 2, 2]], taps: [-1])
      let workspace = try Workspace(program)
      workspace.setInput("x", to: Tensor(shape: [1, 2, 2, 2], repeating: 1))
      for _ in 0..<2 {
        workspace.forward()
        workspace.withTapGradient(0) { $0.update(repeating: 1) }
        workspace.pullback()
      }
      let isFinite = workspace.tap(0).elements.allSatisfy(\.isFinite)
      #expect(isFinite)
    }
    // Some seconds; tens of minutes if each layer looked at all others.
    #expect(seconds < 60, "\(kind): \(seconds) s")
  }

  /// Protects layers of which some units or positions are asked for, at the end of a long chain.
  @Test func chainsOfWhichAPartIsReadCostAsMuch() throws {
    let seconds = try SmallStack.run {
      let network = try Self.network(.rectifiers)
      for tap in [
        TapRequest(-1, units: [1]), TapRequest(-1, positions: [.center]),
        TapRequest(-1, units: [0], positions: [.cell(row: 1, column: 1)]),
      ] {
        let program = try Program(network, inputShapes: ["x": [1, 2, 2, 2]], taps: [tap])
        #expect(program.taps.count == 1)
      }
    }
    #expect(seconds < 60, "\(seconds) s")
  }

  private static func network(_ kind: Kind) throws -> NeuralNetwork {
    var layers = [Layer("first", .convolution(2, 2, kernel: 1), inputs: ["x"])]
    var last = "first"
    func add(_ operation: some LayerOperation, _ others: String...) {
      let name = "l\(layers.count)"
      layers.append(Layer(name, operation, inputs: [last] + others))
      last = name
    }
    let half = Layer("half", Constant(Tensor(shape: [], repeating: 0.5)), inputs: [])
    let weights = Convolution(weights: Tensor(shape: [2, 1, 1, 2], repeating: 0.5))
    switch kind {
    case .rectifiers: for _ in 0..<count { add(Activation(.relu)) }
    case .sigmoids: for _ in 0..<count { add(Activation(.sigmoid)) }
    case .identities: for _ in 0..<count { add(Identity()) }
    case .sums:
      layers.insert(half, at: 0)
      for _ in 0..<count { add(Arithmetic(.add), "half") }
    case .products:
      layers.insert(half, at: 0)
      for step in 0..<count { add(Arithmetic(step % 2 == 0 ? .multiply : .divide), "half") }
    case .convolutions: for _ in 0..<count { add(weights) }
    case .residuals:
      layers.insert(half, at: 0)
      for _ in 0..<count / 3 {
        let start = last
        add(Activation(.relu))
        add(weights)
        add(Arithmetic(.maximum), start)
      }
      layers.append(Layer("more", Identity(), inputs: [last]))
    case .flattened:
      for _ in 0..<count / 2 {
        add(Unsqueeze(axes: [0]))
        add(Squeeze(axes: [0]))
      }
    case .nested:
      // Each joins what came before with the picture, and the next takes one part of that again.
      for _ in 0..<count / 2 {
        add(Concatenation(axis: 3), "x")
        add(Slice(starts: .constant([0]), ends: .constant([2]), axes: .constant([3])))
      }
    case .wideConcatenation, .wideSum:
      let branches = (0..<count).map { Layer("b\($0)", Activation(.relu), inputs: ["first"]) }
      layers += branches
      if kind == .wideConcatenation {
        layers.append(Layer("joined", Concatenation(axis: 3), inputs: branches.map(\.name)))
      } else {
        for branch in branches { add(Arithmetic(.add), branch.name) }
      }
    }
    return try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 2, 2, 2], .channelsLast)], layers: layers,
      outputs: [layers[layers.count - 1].name])
  }
}
