import ConvolutionalNetworks

// Layers over feature maps.
extension RandomGraphBuilder {
  /// Adds a layer that slides a window over a map, or does something else with its channels and positions.
  mutating func addMapLayer(_ map: Value) {
    switch number(0...14) {
    case 0...3: addConvolution(map)
    case 4: addTransposedConvolution(map)
    case 5, 6: addPooling(map)
    case 7: add(GlobalPooling(chance(0.5) ? .average : .maximum), [map])
    case 8: addBatchNormalization(map)
    case 9:
      add(
        LocalResponseNormalization(
          size: number(1...5), alpha: 0.2, beta: one(of: [0.75, 0.5, 1]), bias: one(of: [1, 2])),
        [map])
    case 10: addGroupNormalization(map)
    case 11:
      let order: DepthToSpace.Order = chance(0.5) ? .depthColumnRow : .columnRowDepth
      add(DepthToSpace(blockSize: 2, order: order), [map])
    case 12: add(SpaceToDepth(blockSize: 2), [map])
    case 13: addResize(map)
    default: addResidualBlock(map)
    }
  }

  /// A window of as many axes as the map has.
  private mutating func window(_ map: Value, most: Int, dilates: Bool = true) -> SlidingWindow {
    let axes = spatialAxes(map).count
    let isSquare = chance(0.6)
    let (side, stride) = (number(1...most), chance(0.6) ? 1 : number(1...3))
    let kernel = (0..<axes).map { _ in isSquare ? side : number(1...most) }
    let dilation = (0..<axes).map { _ in dilates && chance(0.15) ? 2 : 1 }
    let padding: Padding =
      switch number(0...4) {
      case 0: .none(axes: axes)
      case 1: .sameUpper
      case 2: .sameLower
      case 3: .uniform((kernel.min() ?? 1) / 2, axes: axes)
      default:
        .explicit(
          before: kernel.map { number(0...($0 - 1)) }, after: kernel.map { number(0...($0 - 1)) })
      }
    return SlidingWindow(
      kernel: kernel, stride: (0..<axes).map { _ in isSquare ? stride : number(1...2) },
      dilation: dilation, padding: padding)
  }

  private mutating func groups(_ channels: Int, share: Double) -> Int {
    guard chance(share) else { return 1 }
    return one(of: (1...channels).filter { channels % $0 == 0 })
  }

  private mutating func addConvolution(_ map: Value) {
    let inputs = channels(map)
    let groups = groups(inputs, share: 0.3)
    let outputs = groups * number(1...max(1, 20 / groups))
    let window = window(map, most: one(of: [1, 3, 3, 5]))
    let cells = window.kernel.reduce(1, *)
    let operation = Convolution(
      weights: weights(
        [outputs] + window.kernel + [inputs / groups], inner: cells * inputs / groups),
      bias: chance(0.7) ? weights([outputs]) : nil, stride: window.stride,
      dilation: window.dilation, padding: window.padding, groups: groups,
      activation: chance(0.2) ? .relu : .linear)
    add(operation, [map])
  }

  private mutating func addTransposedConvolution(_ map: Value) {
    let inputs = channels(map)
    let groups = groups(inputs, share: 0.3)
    let outputs = number(1...max(1, 8 / groups))
    let window = window(map, most: 3, dilates: false)
    let operation = TransposedConvolution(
      weights: weights([inputs] + window.kernel + [outputs], inner: inputs / groups * 2),
      bias: chance(0.5) ? weights([outputs * groups]) : nil, stride: window.stride, groups: groups)
    add(operation, [map])
  }

  private mutating func addPooling(_ map: Value) {
    let reduction: Pooling.Reduction =
      switch number(0...5) {
      case 0...2: .maximum
      case 3: .average(countsPadding: true)
      case 4: .average(countsPadding: false)
      default: .norm(p: one(of: [1, 2, 3]))
      }
    let isTwo = chance(0.3)
    let window =
      isTwo && map.rank == 4
      ? SlidingWindow(kernel: [2, 2], stride: [2, 2]) : window(map, most: 3, dilates: false)
    add(Pooling(reduction, window: window, ceilMode: chance(0.3)), [map])
  }

  private mutating func addBatchNormalization(_ map: Value) {
    let count = [channels(map)]
    add(
      BatchNormalization(
        scale: weights(count, in: -1.5...1.5), shift: weights(count), mean: weights(count),
        variance: weights(count, in: 0.3...2)), [map])
  }

  private mutating func addGroupNormalization(_ map: Value) {
    let channels = channels(map)
    let isPlain = chance(0.5)
    add(
      GroupNormalization(
        groups: chance(0.3) ? nil : groups(channels, share: 1),
        scale: isPlain ? nil : weights([channels]), shift: isPlain ? nil : weights([channels]),
        epsilon: 0.1), [map])
  }

  private mutating func addResize(_ map: Value) {
    let interpolation: Resize.Interpolation = one(
      of: [.linear, .nearest(.preferFloor), .nearest(.floor), .cubic(a: -0.75)])
    let coordinates: Resize.Coordinates = one(
      of: [.halfPixel, .alignCorners, .asymmetric, .pytorchHalfPixel])
    let axes = spatialAxes(map)
    let sizes = axes.map { _ in number(1...9) }
    add(
      Resize(
        interpolation, coordinates: coordinates, extent: .sizes(.constant(sizes), .stretch),
        axes: axes, antialiases: chance(0.1)), [map])
  }

  /// Two convolutions of the map's own size, the map added to them, and a rectifier.
  private mutating func addResidualBlock(_ map: Value) {
    guard map.rank == 4 else { return }
    let count = channels(map)
    func convolution(_ weights: Tensor) -> Convolution {
      Convolution(weights: weights, padding: .uniform(1))
    }
    let shape = [count, 3, 3, count]
    guard let first = add(convolution(weights(shape, inner: 9 * count)), [map]),
      let open = add(Activation(.relu), first),
      let second = add(convolution(weights(shape, inner: 9 * count)), open),
      let sum = add(Arithmetic(.add), chance(0.5) ? [map] + second : second + [map])
    else { return }
    add(Activation(.relu), sum)
  }
}
