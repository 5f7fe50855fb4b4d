/// Shows pictures of any channels in colours: snapshots, pictures on their way and finished ones alike.
///
///     let view = ChannelView(visualization.channels)
///     try view.pictures(snapshot.pictures, showing: ["B8", "B4", "B3"])
public struct ChannelView: Sendable {
  /// The channels of the pictures, in their order.
  public let channels: [InputChannel]

  /// A view of pictures that have these channels.
  public init(_ channels: [InputChannel]) { self.channels = channels }

  /// Three channels as red, green and blue, `[N, H, W, 3]`, or one in grey, `[N, H, W, 1]`.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1.
  /// - Throws: `VisualizationError.invalidArgument` for names that no channel has, any other number of them, and pictures
  ///   of other channels.
  public func pictures(
    _ pictures: Tensor, showing names: [String]
  ) throws(VisualizationError) -> Tensor {
    guard names.count == 1 || names.count == 3 else {
      throw .invalidArgument(
        "showing", "\(names.count) channels: say three, for red, green and blue, or one")
    }
    var places: [Int] = []
    for name in names { places.append(try place(of: name)) }
    return try map(pictures, to: places.count) { pixel, color in pixel[places[color]] }
  }

  /// All channels in their colours, added up and cut off at 1, `[N, H, W, 3]`; those without a colour are left out.
  ///
  /// - Parameter pictures: `[N, H, W, C]`, 0…1.
  /// - Throws: `VisualizationError.incompatible` where no channel has a colour; `.invalidArgument` for pictures of other
  ///   channels.
  public func picturesInColors(_ pictures: Tensor) throws(VisualizationError) -> Tensor {
    let colors = channels.map { $0.color?.shares }
    guard colors.contains(where: { $0 != nil }) else {
      throw .incompatible(
        "a picture in colours", "channels without any",
        reason: "give them one, InputChannel(name, color:), or choose three: picture(_:showing:)")
    }
    return try map(pictures, to: 3) { pixel, color in
      var sum: Float = 0
      for (channel, shares) in colors.enumerated() {
        if let shares { sum += shares[color] * pixel[channel] }
      }
      return min(sum, 1)
    }
  }

  /// The number of the channel of a name.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for a name that no channel has.
  package func place(of name: String) throws(VisualizationError) -> Int {
    let names = channels.map(\.name)
    if let place = names.firstIndex(of: name) { return place }
    let nearest = nearestNames(to: name, in: names)
    throw .invalidArgument(
      "showing",
      "no channel '\(name)'"
        + (nearest.isEmpty
          ? "; there is \(names.prefix(8).map { "'\($0)'" }.joined(separator: ", "))"
            + (names.count > 8 ? ", …" : "")
          : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: ", "))?"))
  }

  /// Pictures of `count` channels, each computed from the channels of its pixel.
  private func map(
    _ pictures: Tensor, to count: Int,
    _ color: (_ pixel: UnsafeBufferPointer<Float>, _ channel: Int) -> Float
  ) throws(VisualizationError) -> Tensor {
    guard pictures.rank == 4, pictures.shape[3] == channels.count else {
      throw .invalidArgument(
        "pictures", "shape \(pictures.shape) is not [N, H, W, \(channels.count)]")
    }
    var elements: [Float] = []
    elements.reserveCapacity(pictures.count / channels.count * count)
    pictures.withUnsafeBufferPointer { values in
      for first in stride(from: 0, to: values.count, by: channels.count) {
        let pixel = UnsafeBufferPointer(rebasing: values[first..<first + channels.count])
        for channel in 0..<count { elements.append(color(pixel, channel)) }
      }
    }
    return Tensor(shape: pictures.shape.dropLast() + [count], elements: elements)
  }
}
