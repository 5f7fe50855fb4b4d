import ConvolutionalNetworks
import Foundation
import NetworkArchitectures
import Testing

/// Protects single neurons in networks as they are published: a program of the receptive field computes what the whole
/// network does, and its gradient.
///
/// Both by plain arithmetic: the fast one chooses algorithms by the size of a map, and where their rounding flips a
/// ReLU or a maximum, a gradient is another. One of each family; all others under FEATUREVIS_LONG_TESTS.
@Suite(.serialized) struct ReceptiveFieldTests {
  private static let isLong = ProcessInfo.processInfo.environment["FEATUREVIS_LONG_TESTS"] != nil
  private static let families: Set = [
    "alexnet", "bvlc-googlenet", "convnext-tiny", "densenet121", "efficientnet-b0", "googlenet",
    "mobilenet-v2", "mobilenet-v3-small", "resnet18", "resnet20-cifar", "resnet50v2",
    "squeezenet1.1",
  ]
  private static let names = Architecture.all.map(\.name).filter {
    isLong || families.contains($0)
  }

  @Test(arguments: names) func `a neuron is what it is in the whole network`(name: String) throws {
    let network = try Architecture(named: name).randomNetwork()
    let input = try #require(network.inputs.first)
    let side = network.inputs[0].presentedShape[1] ?? 224
    let shapes = [input.name: [1, side, side, input.presentedShape[3] ?? 3]]
    let picture = RandomWeights.uniform("input", shape: try #require(shapes[input.name]))
    // The last convolutions whose maps have an eighth and a sixteenth of the picture's rows.
    let layers = try network.summary(inputShapes: shapes)
    for steps in [8, 16] {
      let layer = try #require(
        layers.last { $0.operation == "Convolution" && ($0.outputShape?[1] ?? 0) >= side / steps })
      try expectSame(network, shapes, picture, layer, name)
    }
  }

  private func expectSame(
    _ network: NeuralNetwork, _ shapes: [String: [Int]], _ picture: Tensor, _ layer: LayerSummary,
    _ name: String
  ) throws {
    let input = network.inputs[0].name
    let outputShape = try #require(layer.outputShape)
    let middle = (outputShape[1] / 2, outputShape[2] / 2)
    for (row, column) in [middle, (0, outputShape[2] - 1)] {
      let position = MapPosition.cell(row: row, column: column)
      func run(_ tap: TapRequest, row: Int, column: Int) throws -> (Float, [Float], Program) {
        let program = try Program(
          network, inputShapes: shapes, taps: [tap],
          options: .init(differentiatedInputs: [input], arithmetic: .plain))
        let workspace = try Workspace(program)
        workspace.setInput(input, to: picture)
        workspace.forward()
        let (width, units) = (program.taps[0].shape[2], program.taps[0].shape[3])
        let place = (row * width + column) * units
        let value = workspace.tap(0).elements[place]
        workspace.clearTapGradients()
        workspace.withTapGradient(0) { $0[place] = 1 }
        workspace.pullback()
        return (value, workspace.inputGradient(input).elements, program)
      }
      let tap = LayerID.name(layer.name)
      let whole = try run(TapRequest(tap), row: row, column: column)
      let part = try run(TapRequest(tap, positions: [position]), row: 0, column: 0)
      #expect(part.2.taps[0].shape[1...2] == [1, 1])
      let scale = whole.0.magnitude + 1
      #expect(abs(part.0 - whole.0) <= 1e-4 * scale, "\(name), \(layer.name) at \(position)")
      let distance = zip(part.1, whole.1).reduce(0) {
        $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
      }
      let length = whole.1.reduce(0) { $0 + Double($1) * Double($1) }
      // Even so, the BLAS library may add up the rows of another number of rows in another order; a ReLU that is then
      // decided otherwise changes the gradient of a hundred layers by some hundredths.
      let error = (distance / length).squareRoot()
      #expect(length > 0 && error <= 5e-2, "\(name), \(layer.name) at \(position): \(error)")
      print(
        "RECEPTIVE FIELD \(name), \(layer.name) at \(position): off by \(abs(part.0 - whole.0)), "
          + "gradient by \(error); memory \(part.2.workspaceCount) of \(whole.2.workspaceCount)")
    }
  }
}
