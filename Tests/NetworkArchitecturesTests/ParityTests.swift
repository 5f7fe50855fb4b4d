import ConvolutionalNetworks
import Foundation
import NetworkArchitectures
import NetworkFormats
import Testing

/// Protects every architecture: with the same weights it computes what torchvision or keras.applications
/// compute, and their gradient, in float64.
///
/// The large ones take some seconds each and run under FEATUREVIS_LONG_TESTS.
@Suite(.serialized) struct ParityTests {
  private static let isLong = ProcessInfo.processInfo.environment["FEATUREVIS_LONG_TESTS"] != nil
  private static let large: Set = [
    "vgg11", "vgg13", "vgg16", "vgg19", "vgg11-bn", "vgg13-bn", "vgg16-bn", "vgg19-bn", "resnet101",
    "resnet152", "resnet101v2", "resnet152v2",
  ]
  /// At each size tried, PyTorch's own gradient in single precision is off by 0.02 to 0.04: kinks of ReLU6 lie within its
  /// rounding.
  private static let tolerances = ["efficientnet-lite4": 5e-2]
  /// The BVLC's has no original in a library of Python: see `BVLCTests`.
  private static let names = Architecture.all.map(\.name).filter {
    $0 != "bvlc-googlenet" && (isLong || !large.contains($0))
  }

  @Test(arguments: names) func `computes what the original does`(name: String) throws {
    let fixture = try ArchitectureFixture(name)
    let architecture = try Architecture(named: name)
    #expect(architecture.parameterCount == fixture.parameters)
    #expect(architecture.requirements.count == fixture.tensors)

    // Keras' classifiers end in a softmax, which the fixtures leave out.
    let network = try architecture.randomNetwork().replacingFinalActivations()
    let input = try #require(network.inputs.first).name
    let output = try #require(network.outputs.first)
    let workspace = try Workspace(
      try Program(network, inputShapes: [input: fixture.input], taps: [.name(output)]))
    workspace.setInput(input, to: RandomWeights.uniform("input", shape: fixture.input))
    workspace.forward()
    workspace.withTapGradient(0) { gradient in
      gradient.update(repeating: 0)
      gradient[fixture.unit] = 1
    }
    let values = workspace.tap(0)
    workspace.pullback()
    let outputError = fixture.output.largestError(of: values)
    let gradientError = fixture.gradient.error(of: workspace.inputGradient(input))
    #expect(outputError < 1e-3, "outputs of \(name)")
    #expect(fixture.output.error(of: values) < 1e-3, "outputs of \(name)")
    #expect(gradientError < Self.tolerances[name, default: 1e-2], "gradient of \(name)")
    print("PARITY \(name): outputs \(outputError), gradient \(gradientError)")
  }

  /// Protects the writing of ONNX: every architecture that is written computes the same when it is read again.
  @Test(arguments: names) func `survives being written as ONNX`(name: String) throws {
    let fixture = try ArchitectureFixture(name)
    let network = try Architecture(named: name).randomNetwork()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("architectures-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("\(name).onnx")
    try ONNXFile.write(network, to: file)
    let read = try ONNXFile.load(file).network
    func output(_ network: NeuralNetwork) throws -> [Float] {
      let input = try #require(network.inputs.first).name
      let output = try #require(network.outputs.first)
      let workspace = try Workspace(
        try Program(network, inputShapes: [input: fixture.input], taps: [.name(output)]))
      workspace.setInput(input, to: RandomWeights.uniform("input", shape: fixture.input))
      workspace.forward()
      return workspace.tap(0).elements
    }
    let (expected, actual) = (try output(network), try output(read))
    let largest = expected.map(abs).max() ?? 0
    let error = zip(expected, actual).map { abs($0 - $1) }.max() ?? .infinity
    #expect(expected.count == actual.count && error <= 1e-5 * largest, "\(name)")
  }
}
