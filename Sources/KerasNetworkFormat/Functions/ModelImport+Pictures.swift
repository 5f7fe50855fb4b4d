internal import ConvolutionalNetworks
internal import NetworkFormats

/// Functions of feature maps.
extension ModelImport {
  /// What a function of feature maps computes; `nil` for any other.
  func picture(_ call: FunctionCall) throws(KerasError.Problem) -> Formula? {
    switch call.name {
    case "resize":
      guard let size = call.integers("size", place: 1), size.count == 2,
        size.allSatisfy({ (1...1 << 24).contains($0) })
      else { throw .unsupported("resizing to a size that is computed") }
      let subject = try call.subject
      return try resized(Formula(subject), of: subject, to: size, call.settings, isKeras2: false)
    case "pad": return try padded(call)
    case "depth_to_space", "space_to_depth":
      guard let size = call.integers("block_size", place: 1)?.first else { return nil }
      return Formula(
        call.name == "depth_to_space"
          ? DepthToSpace(blockSize: size) as any LayerOperation : SpaceToDepth(blockSize: size),
        Formula(try call.subject))
    case "rgb_to_grayscale":
      let shares = Tensor(shape: [1, 3], elements: [0.2989, 0.587, 0.114])
      guard layout == .channelsLast else { return nil }
      return Formula(Dense(weights: shares), Formula(try call.subject))
    case "extract_patches": return try patches(call)
    case "max_pool", "average_pool", "max_pool2d", "avg_pool", "avg_pool2d":
      let axes = try rank(of: call.subject) - 2
      guard axes > 0 else { return nil }
      let size = try Self.windows(call.integers("pool_size", "ksize", place: 1), axes: axes)
      let stride = try Self.windows(call.integers("strides", place: 2) ?? size, axes: axes)
      let padding: Padding =
        call.setting("padding", place: 3)?.string?.lowercased() == "same"
        ? .sameUpper : .none(axes: axes)
      return Formula(
        Pooling(
          call.name.hasPrefix("max") ? .maximum : .average(countsPadding: false),
          window: SlidingWindow(kernel: size, stride: stride, padding: padding)),
        Formula(try call.subject))
    default: return nil
    }
  }

  private func padded(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    let rank = try rank(of: call.subject)
    let given = call.setting("pad_width", "paddings", place: 1)
    let sides = (given?.array ?? []).map { $0.array?.compactMap(\.int) ?? [] }
    guard sides.count == rank, sides.allSatisfy({ $0.count == 2 }),
      sides.joined().allSatisfy({ (0...1 << 24).contains($0) })
    else { throw .unsupported("padding by amounts that are computed") }
    let mode: Pad.Mode
    switch (call.setting("mode", place: 2)?.string ?? "constant").lowercased() {
    case "constant": mode = .constant(Float(call.setting("constant_values")?.number ?? 0))
    case "reflect": mode = .reflect
    case "edge": mode = .edge
    case "wrap": mode = .wrap
    case let name: throw .unsupported("padding of mode '\(name)'")
    }
    return Formula(
      Pad(mode, amounts: .constant(sides.map { $0[0] } + sides.map { $0[1] })),
      Formula(try call.subject))
  }

  /// The cells of each window, those of a cell's channels together, as channels.
  private func patches(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    let subject = try call.subject
    guard layout == .channelsLast, try rank(of: subject) == 4 else {
      throw .unsupported("patches of a value that is no map with channels last")
    }
    let size = try Self.windows(call.integers("size", "sizes", place: 1), axes: 2)
    let stride = try Self.windows(call.integers("strides", place: 2) ?? size, axes: 2)
    let dilation = try Self.windows(
      call.integers("dilation_rate", "rates", place: 3) ?? [1], axes: 2)
    let channels = try extent(3, of: subject)
    let cells = size[0] * size[1] * channels
    try take([cells, cells])
    // A filter for each cell and channel, which is 1 there.
    let identity = (0..<cells * cells).map { Float($0 / cells == $0 % cells ? 1 : 0) }
    return Formula(
      Convolution(
        weights: Tensor(shape: [cells, size[0], size[1], channels], elements: identity),
        stride: stride, dilation: dilation,
        padding: call.setting("padding", place: 4)?.string?.lowercased() == "same"
          ? .sameUpper : Padding.none()), Formula(subject))
  }

  /// A number for each spatial axis, of one for all, or of TensorFlow's with 1 for pictures and channels.
  private static func windows(_ given: [Int]?, axes: Int) throws(KerasError.Problem) -> [Int] {
    guard var numbers = given, numbers.allSatisfy({ (1...1 << 16).contains($0) }) else {
      throw .unsupported("a window of a size that is computed")
    }
    if numbers.count == 1 { numbers = Array(repeating: numbers[0], count: axes) }
    if numbers.count == axes + 2 { numbers = Array(numbers.dropFirst().dropLast()) }
    guard numbers.count == axes else { throw .unsupported("a window of \(numbers.count) axes") }
    return numbers
  }
}
