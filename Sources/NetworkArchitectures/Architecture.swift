public import ConvolutionalNetworks
internal import NetworkFormats

/// A published network without its weights: what it computes, and how its weights are called.
///
///     let architecture = try Architecture(named: "resnet18")
///     let network = try architecture.network(weights: StateDictionary(contentsOf: file))
public struct Architecture: Sendable {
  /// The name, such as `resnet18`.
  public let name: String
  /// How pictures are fed to it with the published weights.
  public let specification: InputSpecification
  /// The names of the classes.
  public var labels: [String] { classes.labels }
  /// Where the weights are published; `nil` where they come in a format that holds the whole network.
  public let published: PublishedWeights?

  private let layout: TensorLayout
  private let classes: Classes
  /// The prefixes of tensors that are published as well and only training needs.
  private let trainingOnly: [String]
  /// What a file may call a weight instead.
  private let otherName: (@Sendable (String) -> String)?
  private let build: @Sendable (inout NetworkBuilder) -> Feature

  enum Classes: Sendable {
    case imageNet, cifar10

    var labels: [String] { self == .imageNet ? ImageNetLabels.all : Self.cifar10Labels }

    private static let cifar10Labels = [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]
  }

  init(
    _ name: String, _ specification: InputSpecification, layout: TensorLayout = .channelsFirst,
    classes: Classes = .imageNet, published: PublishedWeights?, trainingOnly: [String] = [],
    otherName: (@Sendable (String) -> String)? = nil,
    build: @escaping @Sendable (inout NetworkBuilder) -> Feature
  ) {
    self.name = name
    self.specification = specification
    self.layout = layout
    self.classes = classes
    self.published = published
    self.trainingOnly = trainingOnly
    self.otherName = otherName
    self.build = build
  }

  /// The tensors that it needs, in the order of its layers.
  ///
  /// - Complexity: writes the network down anew at every call.
  public var requirements: [WeightRequirement] {
    var builder = NetworkBuilder(layout, source: nil)
    _ = build(&builder)
    return builder.requirements
  }

  /// The number of trained numbers.
  public var parameterCount: Int {
    requirements.lazy.filter(\.isTrained).reduce(0) { $0 + $1.count }
  }

  /// Whether weights have the names, shapes and types that the architecture needs, and no others.
  public func accepts(_ weights: some WeightSource) -> Bool {
    let requirements = requirements
    // Most are told apart by their first weight.
    let source = RenamedWeights(weights, requirements, otherName: otherName)
    guard let first = requirements.first, source.shape(of: first.name) == first.shape else {
      return false
    }
    return faults(of: source, requirements).isEmpty
  }

  /// The network with weights that are called as their publisher calls them.
  ///
  /// - Throws: `ArchitectureError.weights` with everything that is wrong with names, shapes and types;
  ///   `.file` for a tensor that cannot be read; `.network` for weights that are not finite.
  public func network(weights: some WeightSource) throws(ArchitectureError) -> NeuralNetwork {
    let requirements = requirements
    let source = RenamedWeights(weights, requirements, otherName: otherName)
    let faults = faults(of: source, requirements)
    guard faults.isEmpty else {
      throw .weights(file: weights.file, architecture: name, faults: faults)
    }
    var builder = NetworkBuilder(layout, source: source)
    let output = build(&builder)
    if let failure = builder.failure { throw .file(failure) }
    do throws(VisualizationError) {
      return try NeuralNetwork(
        layout: layout, inputs: builder.inputs, layers: builder.layers, outputs: [output.name],
        labels: labels
      ).specifying(specification)
    } catch {
      throw .network(file: weights.file, error)
    }
  }

  /// The network with weights that a hash of their names makes, for measuring speed.
  ///
  /// - Throws: as `network(weights:)`.
  public func randomNetwork(seed: UInt64 = 0) throws(ArchitectureError) -> NeuralNetwork {
    try network(weights: RandomWeights(for: self, seed: seed))
  }

  private func faults(of source: RenamedWeights, _ requirements: [WeightRequirement])
    -> [WeightFault]
  {
    var faults: [WeightFault] = []
    for requirement in requirements {
      if let shape = source.shape(of: requirement.name) {
        if shape != requirement.shape {
          faults.append(.shape(requirement.name, expected: requirement.shape, actual: shape))
        } else if let type = source.elementType(of: requirement.name), !type.isFloatingPoint {
          faults.append(.elementType(requirement.name, type))
        }
      } else {
        faults.append(.missing(requirement.name))
      }
    }
    let known = Set(requirements.map { source.sourceName(of: $0.name) })
    for name in source.names where !known.contains(name) && !isTrainingOnly(name) {
      faults.append(.unexpected(name))
    }
    return faults
  }

  private func isTrainingOnly(_ name: String) -> Bool {
    name.hasSuffix("num_batches_tracked") || trainingOnly.contains { name.hasPrefix($0) }
  }
}
