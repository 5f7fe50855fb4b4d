import ConvolutionalNetworks
import Foundation
import NetworkArchitectures
import NetworkFormats
import Testing

/// Protects against weights that are not an architecture's: everything wrong with them is told at once.
@Suite struct WeightFaultTests {
  /// Another source with some tensors left out, added, reshaped.
  private struct Changed: WeightSource {
    let source: RandomWeights
    var removed: Set<String> = []
    var added: [String: [Int]] = [:]

    var names: [String] { source.names.filter { !removed.contains($0) } + added.keys.sorted() }

    func shape(of name: String) -> [Int]? {
      added[name] ?? (removed.contains(name) ? nil : source.shape(of: name))
    }

    func elementType(of name: String) -> ElementType? {
      shape(of: name).map { _ in name.hasSuffix("bias") && added[name] != nil ? .int64 : .float32 }
    }

    func tensor(named name: String) throws(WeightsFileError) -> Tensor {
      try source.tensor(named: name)
    }
  }

  @Test func `all faults are named`() throws {
    let architecture = try Architecture(named: "resnet20-cifar")
    let weights = Changed(
      source: RandomWeights(for: architecture), removed: ["conv1.weight", "linear.bias"],
      added: [
        "other": [3], "bn1.num_batches_tracked": [], "linear.weight": [10, 65], "bn1.bias": [16],
      ])
    let error = #expect(throws: ArchitectureError.self) {
      try architecture.network(weights: weights)
    }
    #expect(
      error
        == .weights(
          file: "weights", architecture: "resnet20-cifar",
          faults: [
            .missing("conv1.weight"), .elementType("bn1.bias", .int64),
            .shape("linear.weight", expected: [10, 64], actual: [10, 65]), .missing("linear.bias"),
            .unexpected("other"),
          ]))
  }

  @Test func `the first ten faults are printed, and how many more there are`() throws {
    let architecture = try Architecture(named: "resnet20-cifar")
    let error = #expect(throws: ArchitectureError.self) {
      try architecture.network(weights: StateDictionary([:]))
    }
    let text = "\(error!)"
    #expect(
      text.hasPrefix(
        "memory: these are not the weights of resnet20-cifar: 'conv1.weight' is missing;"))
    #expect(text.hasSuffix("; and \(architecture.requirements.count - 10) more"), "\(text)")
  }

  @Test
  func `the auxiliary classifiers of training are left alone, and DenseNet's older names found`()
    throws
  {
    let googLeNet = try Architecture(named: "googlenet")
    _ = try googLeNet.network(
      weights: Changed(
        source: RandomWeights(for: googLeNet), added: ["aux1.conv.conv.weight": [128, 512, 1, 1]]))
    let denseNet = try Architecture(named: "densenet121")
    let random = RandomWeights(for: denseNet)
    let renamed = Older(source: random)
    #expect(renamed.names.contains("features.denseblock1.denselayer1.norm.1.weight"))
    let network = try denseNet.network(weights: renamed)
    #expect(network.parameterCount == (try denseNet.network(weights: random)).parameterCount)
  }

  /// DenseNet's weights under the names of the published file.
  private struct Older: WeightSource {
    let source: RandomWeights

    private static func older(_ name: String) -> String {
      name.replacingOccurrences(
        of: #"(denselayer\d+\.(?:norm|conv))([12])\."#, with: "$1.$2.", options: .regularExpression)
    }
    private static func newer(_ name: String) -> String {
      name.replacingOccurrences(
        of: #"(denselayer\d+\.(?:norm|conv))\.([12])\."#, with: "$1$2.", options: .regularExpression
      )
    }
    var names: [String] { source.names.map(Self.older) }
    func shape(of name: String) -> [Int]? {
      Self.older(name) == name ? source.shape(of: Self.newer(name)) : nil
    }
    func elementType(of name: String) -> ElementType? { shape(of: name).map { _ in .float32 } }
    func tensor(named name: String) throws(WeightsFileError) -> Tensor {
      try source.tensor(named: Self.newer(name))
    }
  }

  @Test func `an unknown name lists the known ones`() {
    let error = #expect(throws: ArchitectureError.self) { try Architecture(named: "resnet19") }
    #expect("\(error!)".contains("resnet18, resnet34"))
  }
}
