import FeatureVisualization

/// How the channels of a map become one number for each pixel.
public enum ChannelReduction: Sendable, Hashable {
  /// `max_c |v_c|`, as Simonyan et al. 2013 take saliency: never negative.
  case largestMagnitude
  /// `Σ_c v_c`, which keeps the sum of the map.
  case sum
  /// `Σ_c v_c / C`.
  case mean
  /// `max_c v_c`.
  case largest
  /// `√(Σ_c v_c²)`: never negative.
  case norm
}

extension AttributionMap {
  /// One number for each pixel, `[N, H, W, 1]`.
  ///
  /// Values that are not finite stay so.
  public func reduced(by reduction: ChannelReduction) -> AttributionMap {
    let shape = values.shape
    let channels = shape[3]
    var result = Tensor(shape: Array(shape.dropLast()) + [1])
    let elements = values.span
    var pixels = result.mutableSpan
    for pixel in pixels.indices where channels > 0 {
      let first = pixel * channels
      var found = reduction.start
      for channel in first..<first + channels { reduction.add(elements[channel], to: &found) }
      pixels[pixel] = reduction.end(found, channels)
    }
    return AttributionMap(result, isSigned: isSigned && reduction.keepsSigns)
  }
}

extension ChannelReduction {
  fileprivate var keepsSigns: Bool { self != .largestMagnitude && self != .norm }

  fileprivate var start: Double { self == .largest ? -.infinity : 0 }

  fileprivate func add(_ value: Float, to found: inout Double) {
    let value = Double(value)
    switch self {
    case .largestMagnitude: found = max(found, abs(value))
    case .largest: found = max(found, value)
    case .sum, .mean: found += value
    case .norm: found += value * value
    }
  }

  fileprivate func end(_ found: Double, _ channels: Int) -> Float {
    switch self {
    case .largestMagnitude, .largest, .sum: Float(found)
    case .mean: Float(found / Double(channels))
    case .norm: Float(found.squareRoot())
    }
  }
}
