/// A network that is to be joined with others, and the size in which it sees the picture that they share.
public struct JoinedNetwork: Sendable {
  /// What its layers' names begin with, followed by a slash.
  public let name: String
  /// The network.
  public let network: NeuralNetwork
  /// The height and width to which the picture is resized; `nil` for a network that takes it as it is.
  public let size: (height: Int, width: Int)?

  /// A network that sees the picture in the size that its input declares, or as it is where that is free.
  public init(_ name: String, _ network: NeuralNetwork) {
    let declared = network.inputs.first?.presentedShape ?? []
    var size: (height: Int, width: Int)?
    if declared.count == 4, let height = declared[1], let width = declared[2] {
      size = (height, width)
    }
    (self.name, self.network, self.size) = (name, network, size)
  }

  /// A network that sees the picture in a size given.
  public init(_ name: String, _ network: NeuralNetwork, height: Int, width: Int) {
    (self.name, self.network, self.size) = (name, network, (height, width))
  }

  /// The name of one of its values or layers in the network joined.
  func prefixed(_ value: String) -> String { "\(name)/\(value)" }

  /// The input that takes the picture.
  ///
  /// - Throws: `VisualizationError.cannotJoin` where it is not the only one, or takes no pictures.
  func pictureInput() throws(VisualizationError) -> (
    input: NetworkInput, specification: InputSpecification
  ) {
    func refused(_ reason: String) -> VisualizationError { .cannotJoin(part: name, reason: reason) }
    guard !name.isEmpty else {
      throw refused("it needs a name, which its layers' names begin with")
    }
    guard network.inputs.count == 1, let input = network.inputs.first else {
      throw refused(
        "it has \(network.inputs.count) inputs; give all but the picture's their values with 'binding'"
      )
    }
    guard input.channelAxis != nil, input.shape.count == 4 else {
      throw refused("input '\(input.name)' of shape \(input.presentedShape) takes no pictures")
    }
    guard let specification = input.specification else {
      throw refused(
        "nobody says what input '\(input.name)' is fed; say it with 'specifying'")
    }
    if case .named = specification.channelOrder {
      throw refused(
        "input '\(input.name)' takes \(specification.channelOrder.summary), and networks share colours or grey"
      )
    }
    if let size {
      guard size.height > 0, size.width > 0 else {
        throw refused("it cannot see pictures of \(size.height)×\(size.width) pixels")
      }
    }
    return (input, specification)
  }
}
