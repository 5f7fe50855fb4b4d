/// How pictures, H × W × C, lie in an input: the one place that knows which of its axes is which.
package struct InputForm: Sendable, Equatable {
  /// What an input's axes are, channels last.
  package enum Kind: Sendable {
    /// `[N, H, W, C]`.
    case map
    /// `[N, H, W]`, without an axis of channels: H × W × 1.
    case plane
    /// `[N, L, C]`: 1 × L × C.
    case signal
    /// `[N, D, H, W, C]`: the slices one below the other, D · H × W × C. Transformations take it for one picture.
    case volume
    /// `[N, F]`: 1 × 1 × F where the channels have names, 1 × F × 1 where they are grey, or the numbers of a picture whose
    /// height and width are asked for.
    case vector
  }

  /// What the input's axes are.
  package let kind: Kind
  /// The channels of pictures.
  package let channels: Int
  /// The rows that the input declares; `nil` where they are free.
  package let height: Int?
  /// The columns that the input declares; `nil` where they are free.
  package let width: Int?
  /// The numbers of a vector; `nil` where they are free, or of another kind of input.
  package let count: Int?
  /// Whether the input's columns come before its rows.
  let exchangesAxes: Bool
  /// The slices of a volume; 1 of anything else.
  let depth: Int
  private let name: String

  /// - Parameter order: the meaning of the channels, which tells a grey picture of two axes from a signal.
  /// - Throws: `VisualizationError.incompatible` where the input has other channels, or no such axes.
  package init(_ input: NetworkInput, _ order: InputSpecification.ChannelOrder)
    throws(VisualizationError)
  {
    let shape = input.presentedShape
    (name, channels) = (input.name, order.channelCount)
    let isGray = order == .gray
    depth = shape.count == 5 ? shape[1] ?? 0 : 1
    switch shape.count {
    case 5:
      guard depth > 0 else {
        throw .incompatible(
          "input '\(input.name)' of shape \(Self.text(shape))", "pictures",
          reason: "its number of slices must be fixed in the file")
      }
      let slices = depth
      (kind, width, count) = (.volume, shape[3], nil)
      height = shape[2].map { $0.multipliedClamped(by: slices) }
    case 4:
      (kind, height, width, count) = (.map, shape[1], shape[2], nil)
    case 3 where isGray && shape[2] != 1:
      // No axis is one of channels, whatever the file calls it.
      (kind, height, width, count) = (.plane, input.shape[1], input.shape[2], nil)
    case 3:
      (kind, height, width, count) = (.signal, 1, shape[1], nil)
    case 2:
      let isWhole = isGray || (!order.isColor && (shape[1] ?? channels) == channels)
      (kind, count) = (.vector, shape[1])
      (height, width) = isWhole ? (1, isGray ? shape[1] : 1) : (nil, nil)
    default:
      throw .incompatible(
        "input '\(input.name)' of shape \(Self.text(shape))", "pictures",
        reason:
          "they go into [N, H, W, C], volumes into [N, D, H, W, C], signals into [N, L, C], and features into [N, F]"
      )
    }
    exchangesAxes = kind == .plane && input.channelAxis == 1
    if let declared = input.channels(contradicting: order) {
      throw .incompatible(
        "input '\(input.name)' of \(declared) channels", order.summary,
        reason: "say what its channels are: \(Self.example(declared, kind))")
    }
  }

  private static func example(_ count: Int, _ kind: Kind) -> String {
    kind == .map && count == 3
      ? ".rgb or .bgr" : count == 1 ? ".gray" : ".unnamed(\(count)), or .named([…])"
  }

  private static func text(_ shape: [Int?]) -> String {
    "[\(shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))]"
  }

  /// Whether pictures have rows and columns, of which a recipe may choose how many.
  package var isPicture: Bool { kind == .map || kind == .plane }

  /// The size of pictures where the input fixes it, and nothing else than a size can be asked for.
  package var declaredSize: PictureSize? {
    guard kind != .vector, let height, let width else { return nil }
    return PictureSize(height: height, width: width, channels: channels)
  }

  /// The size of the pictures that go into the input: that asked for, or else what it declares.
  ///
  /// One side asked for counts for both, and for the length of a signal.
  ///
  /// - Throws: `VisualizationError` where nobody says the size, or where the input has no room for it.
  package func size(height: Int? = nil, width: Int? = nil) throws(VisualizationError)
    -> PictureSize
  {
    var (rows, columns) = (height, width ?? height)
    if kind == .signal {
      if let height, width != nil, height != 1 {
        throw .invalidArgument(
          "height", "input '\(name)' takes signals: they have a length, width, and no height but 1")
      }
      rows = 1
    } else if kind == .vector, width != nil {
      rows = height ?? 1
    }
    guard let rows = rows ?? self.height, let columns = columns ?? self.width else {
      guard kind == .vector, let count else { throw .missingSize(input: name) }
      throw .invalidArgument(
        "size",
        "input '\(name)' takes \(count) numbers in a row: say the height and width of the picture that they are, or that "
          + "they are no picture, by the channel order .unnamed(\(count)) or .gray")
    }
    let size = PictureSize(height: rows, width: columns, channels: channels)
    try size.validate()
    // Resizing would mix slices.
    if kind == .volume, rows % depth != 0 || declaredSize.map({ $0 != size }) ?? false {
      throw .incompatible(
        "input '\(name)' of \(depth) slices", "pictures of \(size)",
        reason: "they are slices one below the other, each as large as the input takes")
    }
    if kind == .vector, let count, size.count != count {
      throw .incompatible(
        "input '\(name)' of \(count) numbers", "pictures of \(size)",
        reason: "they have \(size.count)")
    }
    return size
  }

  /// The size of the pictures that go into the input: that asked for, or else what it declares.
  ///
  /// - Throws: `VisualizationError` where nobody says the size, or where the input has no room for it.
  package func size(_ asked: InputSize?) throws(VisualizationError) -> PictureSize {
    guard let asked else { return try size() }
    guard let height = asked.height else { return try size(height: asked.width) }
    return try size(height: height, width: asked.width)
  }

  /// The shape of the input for so many pictures, channels last.
  package func inputShape(_ size: PictureSize, count: Int) -> [Int] {
    switch kind {
    case .map: [count, size.height, size.width, size.channels]
    case .plane:
      exchangesAxes ? [count, size.width, size.height] : [count, size.height, size.width]
    case .signal: [count, size.width, size.channels]
    case .volume: [count, depth, size.height / depth, size.width, size.channels]
    case .vector: [count, size.count]
    }
  }

  /// Pictures, `[N, H, W, C]`, in the axes of the input and the numbers of the network.
  ///
  /// - Throws: `VisualizationError` for another shape.
  package func input(
    of pictures: Tensor, as specification: InputSpecification
  ) throws(VisualizationError) -> Tensor {
    let given = try GivenPictures(pictures, self, specification.channelOrder, "pictures").pictures
    let feeding = try PictureFeeding(self, specification)
    let size = PictureSize(
      height: given.shape[1], width: given.shape[2], channels: given.shape[3])
    var result = Tensor(shape: inputShape(size, count: given.shape[0]))
    result.withUnsafeMutableBufferPointer { values in
      given.withUnsafeBufferPointer { pictures in
        guard let from = pictures.baseAddress, let to = values.baseAddress else { return }
        for index in 0..<given.shape[0] {
          feeding.feed(from + index * size.count, to + index * size.count, size)
        }
      }
    }
    return result
  }
}
