/// A layer of a network written in code: what it computes, before it is known what it reads.
///
/// Weights that are not given are random. They are He's where a rectifier reads the layer: its own activation, one right
/// behind, or one behind a normalization; and Glorot's otherwise (`NeuralNetwork.sequential(_:labels:seed:layout:_:)`). Biases
/// are 0, factors 1.
///
/// Layers that are given no name are called as Keras calls them, with `_1`, `_2` and so on for further ones of a kind.
public struct LayerDefinition: Sendable {
  typealias Make = @Sendable (inout LayerSite) throws(ShapeError) -> any LayerOperation

  let name: String?
  /// What the layer is called in errors.
  let kind: String
  /// The name by Keras' habit, in which `#` stands for the number of spatial axes: `conv#d`.
  private let defaultName: String
  /// Whether the operation takes two values, and more are taken two by two.
  let joinsPairs: Bool
  /// Makes the operation.
  let make: Make
  /// Whether it hands its input on, so that there is no layer.
  let isAbsent: Bool

  init(
    _ kind: String, _ name: String?, joinsPairs: Bool = false, isAbsent: Bool = false,
    defaultName: String, make: @escaping Make
  ) {
    self.kind = kind
    self.name = name
    self.joinsPairs = joinsPairs
    self.isAbsent = isAbsent
    self.defaultName = defaultName
    self.make = make
  }

  /// The name by Keras' habit over a number of spatial axes.
  func defaultName(spatialAxes count: Int) -> String {
    defaultName.split(separator: "#", omittingEmptySubsequences: false).joined(
      separator: "\(count)")
  }

  /// The same, to be called as Keras would.
  var unnamed: LayerDefinition {
    LayerDefinition(
      kind, nil, joinsPairs: joinsPairs, isAbsent: isAbsent, defaultName: defaultName, make: make)
  }
}
