internal import ConvolutionalNetworks

/// How strongly a layer's units read each channel of its input: the weight, or of a kernel of several positions
/// `± √Σ w²`, with the sign of the sum.
struct WeightStrengths {
  /// The layer's units.
  let unitCount: Int
  /// The channels that one unit reads.
  let width: Int
  /// How many groups units and channels are split into.
  private let groups: Int
  /// `[unit][channel of its group]`.
  private let numbers: [Float]

  /// - Parameter map: of a dense layer over a flattened map its channels, and whether all positions of a channel lie together.
  /// - Returns: `nil` of layers without weights between channels.
  init?(_ operation: any LayerOperation, map: (channels: Int, isByChannels: Bool)?) {
    let weights: Tensor
    /// The numbers of a unit: `positions` of each of `width` channels.
    let positions: Int
    let liesByChannels: Bool
    switch operation {
    case let convolution as Convolution:
      weights = convolution.weights
      (width, groups) = (weights.shape.last ?? 0, convolution.groups)
      positions = weights.shape.dropFirst().dropLast().reduce(1, *)
      liesByChannels = false
    case let dense as Dense:
      weights = dense.weights
      let inputs = weights.shape.last ?? 0
      (width, groups) = (map?.channels ?? inputs, 1)
      guard width > 0, inputs.isMultiple(of: width) else { return nil }
      positions = inputs / width
      liesByChannels = map?.isByChannels ?? false
    default: return nil
    }
    guard let units = weights.shape.first, units > 0, width > 0, groups > 0 else { return nil }
    unitCount = units
    let width = width
    numbers = weights.withUnsafeBufferPointer { weights in
      var numbers = [Float](repeating: 0, count: units * width)
      for unit in 0..<units {
        let own = unit * width * positions
        for channel in 0..<width {
          var (sum, squares) = (0.0, 0.0)
          for position in 0..<positions {
            let place = liesByChannels ? channel * positions + position : position * width + channel
            let weight = Double(weights[own + place])
            sum += weight
            squares += weight * weight
          }
          let strength = positions == 1 ? sum : (sum < 0 ? -1 : 1) * squares.squareRoot()
          numbers[unit * width + channel] = Float(strength)
        }
      }
      return numbers
    }
  }

  /// The channels of the input.
  var channelCount: Int { width * groups }

  /// The channels that a unit reads.
  func channels(of unit: Int) -> Range<Int> {
    let first = unit / max(1, unitCount / groups) * width
    return first..<first + width
  }

  /// The units that read a channel.
  func units(reading channel: Int) -> Range<Int> {
    let group = channel / width
    let size = unitCount / groups
    return group * size..<(group + 1) * size
  }

  subscript(unit: Int, channel: Int) -> Float { numbers[unit * width + channel % width] }
}
