import CFVTestData
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import KerasNetworkFormat
import NetworkArchitectures
import NetworkFormats
import Testing

/// Protects the reading of real networks: what Keras (in single precision) and PyTorch (in double) computed for
/// them comes out.
@Suite struct FormatReferenceTests {
  /// Gradients of a network as deep as EfficientNet differ by more in single precision: ReLU6 decides by rounding.
  private static let tolerances = ["efficientnet-lite1": 1e-2]

  private static let files: [(String, Int, @Sendable (URL) throws -> NeuralNetwork)] = [
    ("efficientnet-lite1.onnx", 4, { try ONNXFile.load($0).network }),
    ("resnet8-cifar10.h5", 8, { try KerasFile.load($0).network }),
    ("resnet8-cifar10.keras", 8, { try KerasFile.load($0).network }),
    ("emotion-mini-xception.hdf5", 10, { try KerasFile.load($0).network }),
    (
      "resnet20-12fca82f.th", 5,
      { try NeuralNetwork(architecture: "resnet20-cifar", weights: $0) }
    ),
  ]

  @Test(arguments: files.indices) func `agrees with the references`(index: Int) throws {
    let (file, count, load) = Self.files[index]
    let name = (file as NSString).deletingPathExtension
    guard let url = DataFolder.item("networks/\(file)"),
      let references = try DataFolder.item("references/\(name).safetensors")
        .map({ try SafetensorsReader($0) })
    else { return }
    let trained = try load(url)
    let linear = try trained.replacingFinalActivations()
    let input = try references.tensor("input")
    var compared = 0
    for quantity in references.names where quantity != "input" {
      let expected = DoubleTensor(try references.tensor(quantity))
      var parts = quantity.split(separator: ".").map(String.init)
      let kind = parts.removeFirst()
      var network = trained
      // "linear" is also the name of a layer.
      if kind == "gradient" {
        if parts.removeFirst() == "linear" { network = linear }
      } else if parts.count > 1, parts[0] == "linear" {
        network = linear
        parts.removeFirst()
      }
      let index = kind == "activation" ? nil : parts.removeLast()
      let layer = parts.joined(separator: ".")
      let workspace = try run(network, input, tap: layer)
      switch kind {
      case "activation":
        let error = DoubleTensor(workspace.tap(0)).largestRelativeError(from: expected)
        #expect(error < 1e-4, "\(quantity)")
      case "value":
        let error = DoubleTensor(mean(of: try unit(index), workspace.tap(0)))
          .largestRelativeError(from: expected)
        #expect(error < 1e-4, "\(quantity)")
      default:
        let shape = workspace.tap(0).shape
        let seed = seed(of: try unit(index), shape: shape)
        workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: seed) }
        workspace.pullback()
        let inputName = try #require(network.inputs.first).name
        let error = DoubleTensor(workspace.inputGradient(inputName)).relativeL2Error(from: expected)
        #expect(error < Self.tolerances[name, default: 1e-3], "\(quantity)")
      }
      compared += 1
    }
    #expect(compared == count)
  }

  /// Protects EfficientNet-Lite with its published weights: TensorFlow's padding, batch normalizations by themselves.
  @Test func `weights of EfficientNet-Lite agree with the references of its ONNX file`() throws {
    guard let weights = DataFolder.item("networks/efficientnet-lite1-77cc7160.pth"),
      let references = try DataFolder.item("references/efficientnet-lite1.safetensors")
        .map({ try SafetensorsReader($0) })
    else { return }
    let network = try NeuralNetwork(architecture: "efficientnet-lite1", weights: weights)
    let workspace = try run(network, try references.tensor("input"), tap: "_fc")
    let logits = DoubleTensor(try references.tensor("activation./_fc/Gemm"))
    #expect(DoubleTensor(workspace.tap(0)).largestRelativeError(from: logits) < 1e-4)
    let seed = seed(of: 130, shape: workspace.tap(0).shape)
    workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: seed) }
    workspace.pullback()
    let gradient = DoubleTensor(try references.tensor("gradient.plain./_fc/Gemm.130"))
    #expect(DoubleTensor(workspace.inputGradient("input")).relativeL2Error(from: gradient) < 1e-2)
  }

  private func unit(_ name: String?) throws -> Int { try #require(name.flatMap { Int($0) }) }

  private func run(_ network: NeuralNetwork, _ input: Tensor, tap: String) throws -> Workspace {
    let name = try #require(network.inputs.first).name
    let workspace = try Workspace(
      try Program(network, inputShapes: [name: input.shape], taps: [.name(tap)]))
    workspace.setInput(name, to: input)
    workspace.forward()
    return workspace
  }

  /// The mean over positions of a unit, per image.
  private func mean(of unit: Int, _ value: Tensor) -> Tensor {
    let units = value.shape[value.rank - 1]
    let positions = value.count / units / value.shape[0]
    let elements = value.elements
    return Tensor(
      shape: [value.shape[0]],
      elements: (0..<value.shape[0]).map { image in
        (0..<positions).reduce(0) { $0 + elements[(image * positions + $1) * units + unit] }
          / Float(positions)
      })
  }

  /// ∂ Σ_batch (mean over positions of a unit) / ∂ value.
  private func seed(of unit: Int, shape: [Int]) -> [Float] {
    let units = shape[shape.count - 1]
    let count = shape.reduce(1, *)
    let share = Float(shape[0] * units) / Float(count)
    return (0..<count).map { $0 % units == unit ? share : 0 }
  }
}
