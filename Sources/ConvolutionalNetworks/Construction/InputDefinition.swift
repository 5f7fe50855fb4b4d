/// An input of a network written in code: its axes, how pictures are fed to it, its name.
///
/// The batch axis comes by itself. Inputs that are given no name are called `input`, `input_1` and so on.
public struct InputDefinition: Sendable {
  let name: String?
  /// The extents as tensors are handed in, channels last, without the batch.
  private let shape: [Int?]
  private let hasChannels: Bool
  private let isPicture: Bool
  private let specification: InputSpecification?

  /// A picture, `[N, height, width, C]`; the channels are those of the specification.
  ///
  /// - Parameters:
  ///   - height: the rows; `nil` takes pictures of any height, as far as the layers do.
  ///   - width: the columns; `nil` takes pictures of any width.
  ///   - specification: how pictures are fed to the network; RGB of 0…1 unless given.
  public static func picture(
    height: Int? = nil, width: Int? = nil, specification: InputSpecification? = nil,
    name: String? = nil
  ) -> InputDefinition {
    InputDefinition(
      name: name, shape: [height, width, specification?.channelOrder.channelCount ?? 3],
      hasChannels: true, isPicture: true, specification: specification)
  }

  /// A map whose channels are no colours, `[N, height, width, channels]`.
  public static func map(
    height: Int? = nil, width: Int? = nil, channels: Int, name: String? = nil
  ) -> InputDefinition {
    InputDefinition(
      name: name, shape: [height, width, channels], hasChannels: true, isPicture: false,
      specification: nil)
  }

  /// A signal over one axis, `[N, length, channels]`.
  public static func signal(
    length: Int? = nil, channels: Int = 1, name: String? = nil
  ) -> InputDefinition {
    InputDefinition(
      name: name, shape: [length, channels], hasChannels: true, isPicture: false,
      specification: nil)
  }

  /// Numbers without a place, `[N, units]`.
  public static func vector(_ units: Int, name: String? = nil) -> InputDefinition {
    .tensor([units], name: name)
  }

  /// Numbers in any axes behind the batch, none of which is known to be that of channels.
  public static func tensor(_ shape: [Int?], name: String? = nil) -> InputDefinition {
    InputDefinition(
      name: name, shape: shape, hasChannels: false, isPicture: false, specification: nil)
  }

  /// The input with its extents in the order of `layout`.
  func input(named name: String, layout: TensorLayout) throws(VisualizationError) -> NetworkInput {
    if let extent = shape.lazy.compactMap(\.self).first(where: { $0 < 1 }) {
      throw .invalidLayer(
        layer: name, operation: "input", inputs: [], reason: "an extent of \(extent)")
    }
    var logical = [nil] + shape
    let axis = layout.channelAxis(rank: logical.count)
    if hasChannels { logical.insert(logical.removeLast(), at: axis) }
    var input = NetworkInput(name, shape: logical, channelAxis: hasChannels ? axis : nil)
    if isPicture { input.specification = specification }
    if isPicture, specification == nil { input.specification = try InputSpecification() }
    return input
  }
}
