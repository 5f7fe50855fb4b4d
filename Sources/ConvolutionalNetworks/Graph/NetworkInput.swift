/// An input of a network: its name, its shape as far as the file fixes it, and how pictures are fed to it.
public struct NetworkInput: Sendable {
  /// The value's name.
  public let name: String
  /// The logical extents, `nil` where free. The batch axis is always free, whatever a file declares.
  public let shape: [Int?]
  /// The logical axis of the channels, or `nil` for an input that is no feature map.
  public let channelAxis: Int?
  /// How a picture becomes this input; `nil` until somebody says.
  public var specification: InputSpecification?

  /// An input; `channelAxis` is that of a feature map, if it has at least three axes.
  public init(
    _ name: String, shape: [Int?], channelAxis: Int?, specification: InputSpecification? = nil
  ) {
    self.name = name
    self.shape = shape.isEmpty ? [] : [nil] + shape.dropFirst()
    self.channelAxis = shape.count >= 3 ? channelAxis : nil
    self.specification = specification
  }

  /// The logical shape of a tensor that is handed in channels last, and back.
  package func logicalShape(ofPresented shape: [Int]) -> [Int] {
    guard let channelAxis, channelAxis != shape.count - 1, let channels = shape.last else {
      return shape
    }
    var logical = Array(shape.dropLast())
    logical.insert(channels, at: channelAxis)
    return logical
  }

  /// The channels that the input declares, where they are not those of `order`.
  ///
  /// A grey picture may go into an input of three axes, none of which is one of channels.
  package func channels(contradicting order: InputSpecification.ChannelOrder) -> Int? {
    guard (4...5).contains(shape.count) || (shape.count == 3 && order != .gray),
      let declared = presentedShape[shape.count - 1], declared != order.channelCount
    else { return nil }
    return declared
  }

  /// The declared shape in the order tensors are handed in: channels last.
  public var presentedShape: [Int?] {
    guard let channelAxis else { return shape }
    var presented = shape
    presented.append(presented.remove(at: channelAxis))
    return presented
  }
}
