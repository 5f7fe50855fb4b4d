import CFVTestData
import ConvolutionalNetworks
import Foundation
import NetworkFiles
import NetworkFormats
import Testing

/// Protects small files that were refused once, as exporters write them: they are read, and what onnxruntime computed for
/// them comes out.
@Suite struct SmallFileTests {
  /// PyTorch's classic exporter writes `F.pad` by a shape that it turns; the convolution of the graph's size follows.
  @Test func `padding computed from a turned shape`() throws {
    guard let url = DataFolder.item("cases/transpose_of_shape.onnx") else { return }
    let network = try NeuralNetwork(contentsOf: url)
    let file = try #require(
      Bundle.module.url(
        forResource: "uniform-1x3x32x48", withExtension: "npy", subdirectory: "Fixtures"))
    let input = try NumPyFile(file).read()
    let picture = input.transposed([0, 2, 3, 1])
    let program = try Program(
      network, inputShapes: [network.inputs[0].name: picture.shape], taps: [.name("out")])
    let workspace = try Workspace(program)
    workspace.setInput(network.inputs[0].name, to: picture)
    workspace.forward()
    // Handed out with its channels last.
    let output = workspace.tap(0).transposed([0, 3, 1, 2])
    #expect(output.shape == [1, 4, 4, 6])
    let first: [Float] = [1.506607, 4.224529, 0.977668, 0.65806, -0.991964]
    for (number, expected) in zip(output.elements, first) { #expect(abs(number - expected) < 1e-4) }
    #expect(abs(output.elements.reduce(0, +) - -40.5021) < 1e-3)
  }

  @Test(arguments: [
    "reflection-pad.onnx", "spectral-norm.onnx", "../networks/efficientnet-lite1.onnx",
  ])
  func `files that load, and run at more than one size`(name: String) throws {
    guard let url = DataFolder.item("cases/\(name)") else { return }
    let network = try NeuralNetwork(contentsOf: url)
    let shape = try network.exampleShape(side: 64)
    let program = try Program(
      network, inputShapes: [network.inputs[0].name: shape], taps: [-1])
    #expect(program.taps[0].shape[0] == 1)
  }
}

extension NeuralNetwork {
  /// The shape of one square picture.
  fileprivate func exampleShape(side: Int) throws -> [Int] {
    let declared = inputs[0].presentedShape
    return [1, side, side, try #require(declared[3])]
  }
}
