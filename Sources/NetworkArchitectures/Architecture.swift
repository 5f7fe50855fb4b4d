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
  let trainingOnly: [String]
  /// What a file may call a weight instead.
  let otherName: (@Sendable (String) -> String)?
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
  public var requirements: [WeightRequirement] { requirements(classCount: classCount) }

  /// The classes that it was published for.
  var classCount: Int { labels.count }

  /// The tensors that it needs with a last layer of `classCount` units.
  func requirements(classCount: Int) -> [WeightRequirement] {
    var builder = NetworkBuilder(layout, classCount: classCount, source: nil)
    _ = build(&builder)
    return builder.requirements
  }

  /// The number of trained numbers.
  public var parameterCount: Int {
    requirements.lazy.filter(\.isTrained).reduce(0) { $0 + $1.count }
  }

  /// The network with the weights of a match that has no faults.
  func network(_ match: WeightMatch) throws(ArchitectureError) -> NeuralNetwork {
    var builder = NetworkBuilder(layout, classCount: match.classCount, source: match.weights)
    let output = build(&builder)
    if let failure = builder.failure { throw .file(failure) }
    do throws(VisualizationError) {
      return try NeuralNetwork(
        layout: layout, inputs: builder.inputs, layers: builder.layers, outputs: [output.name],
        labels: match.classCount == classCount ? labels : nil
      ).specifying(specification)
    } catch {
      throw .network(file: match.weights.file, error)
    }
  }

  /// The network with weights that a hash of their names makes, for measuring speed.
  ///
  /// - Throws: as `network(weights:)`.
  public func randomNetwork(seed: UInt64 = 0) throws(ArchitectureError) -> NeuralNetwork {
    try network(weights: RandomWeights(for: self, seed: seed))
  }
}
