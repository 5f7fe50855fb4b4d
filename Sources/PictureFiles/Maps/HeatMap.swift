public import ConvolutionalNetworks

/// How a map of numbers is shown: in which colours, up to which number, and how much of a picture shines through.
///
///     let heat = HeatMap(colors: .inferno, opacity: 0.6)
///     try PictureFile(url).write(heat.overlay(of: map, over: photo))
public struct HeatMap: Sendable {
  /// The colours: of a signed map that of 0 is the middle one.
  public let colors: ColorMap
  /// Whether numbers below 0 are shown as such; otherwise they are shown as 0.
  public let isSigned: Bool
  /// The share in per cent of the numbers that lie within the limits; what lies beyond has the colour of the limit.
  public let percentile: Double
  /// How much of the colours covers the picture, 0…1.
  public let opacity: Float
  /// Whether the colours are less opaque the nearer a number is to 0, so that the picture remains where nothing is found.
  public let fades: Bool

  /// - Parameters:
  ///   - colors: by default viridis, or of signed maps blue, white and red.
  ///   - isSigned: whether limits are symmetric about 0, in place of from 0 on.
  ///   - percentile: clamped to 0…100.
  ///   - opacity: clamped to 0…1.
  ///   - fades: whether opacity grows in proportion to the number.
  public init(
    colors: ColorMap? = nil, isSigned: Bool = false, percentile: Double = 99, opacity: Float = 0.5,
    fades: Bool = false
  ) {
    self.colors = colors ?? (isSigned ? .blueWhiteRed : .viridis)
    self.isSigned = isSigned
    self.percentile = min(max(percentile, 0), 100)
    self.opacity = min(max(opacity, 0), 1)
    self.fades = fades
  }

  /// The number of each map that has the last colour; the first colour is 0's, or of a signed map minus this number's.
  ///
  /// The smallest of the map's numbers, or of their magnitudes in a signed map, that `percentile` per cent of them do not
  /// exceed; their largest where that is 0. It is 0 for a map that has nothing above 0. Numbers that are not finite do not
  /// count.
  ///
  /// - Parameter map: `[H, W, 1]`, or `[N, H, W, 1]` for N maps.
  /// - Precondition: the map has such a shape.
  /// - Complexity: O(n log n) for n numbers.
  public func limits(of map: Tensor) -> [Float] {
    parts(of: map).map { numbers in
      let sorted = numbers.lazy.filter(\.isFinite).map(magnitude).sorted()
      guard let largest = sorted.last else { return 0 }
      let place = Int((percentile / 100 * Double(sorted.count)).rounded(.up)) - 1
      let limit = sorted[min(max(place, 0), sorted.count - 1)]
      return limit > 0 ? limit : largest
    }
  }

  /// The map in colours, `[N, H, W, 3]`.
  ///
  /// - Parameter map: as for `limits(of:)`.
  /// - Precondition: the map has such a shape.
  public func picture(of map: Tensor) -> Tensor {
    let limits = limits(of: map)
    let size = map.shape.suffix(3).prefix(2)
    let parts = parts(of: map)
    return Tensor(shape: [parts.count] + size + [3]) { pixels in
      var pixel = 0
      for (numbers, limit) in zip(parts, limits) {
        for number in numbers {
          let color = colors.color(of: place(number, limit))
          for channel in 0..<3 { pixels[pixel + channel] = color[channel] }
          pixel += 3
        }
      }
    }
  }

  /// The map in colours over the picture that it is of, `[N, H, W, 3]` in the picture's size.
  ///
  /// out = (1 − o) · picture + o · colour, with o the opacity, of maps that fade times the number's share of the limit.
  /// The map is resized bilinearly; its limits are those of its own numbers before. A map without numbers above 0 has one
  /// colour, that of 0, and where it fades the picture remains as it is.
  ///
  /// - Parameters:
  ///   - map: as for `limits(of:)`.
  ///   - picture: `[H, W, C]` or `[N, H, W, C]`, 0…1, of as many pictures as there are maps; C = 1 or 3.
  /// - Precondition: the shapes are such.
  public func overlay(of map: Tensor, over picture: Tensor) -> Tensor {
    let (height, width) = (picture.shape[picture.rank - 3], picture.shape[picture.rank - 2])
    let channels = picture.shape[picture.rank - 1]
    let limits = limits(of: map)
    precondition(
      picture.count == limits.count * height * width * channels && [1, 3].contains(channels),
      "\(limits.count) maps do not fit a picture of shape \(picture.shape)")
    let resized = map.map { $0.isFinite ? $0 : 0 }.resized(height: height, width: width)
    let perMap = height * width
    return Tensor(shape: [limits.count, height, width, 3]) { pixels in
      resized.withUnsafeBufferPointer { numbers in
        picture.withUnsafeBufferPointer { source in
          for pixel in numbers.indices {
            let limit = limits[pixel / perMap]
            let color = colors.color(of: place(numbers[pixel], limit))
            let share = opacity * (fades ? min(1, ratio(magnitude(numbers[pixel]), limit)) : 1)
            for channel in 0..<3 {
              let below = source[pixel * channels + (channels == 3 ? channel : 0)]
              pixels[pixel * 3 + channel] = below + share * (color[channel] - below)
            }
          }
        }
      }
    }
  }

  /// What counts against the limit.
  private func magnitude(_ number: Float) -> Float { isSigned ? abs(number) : max(0, number) }

  /// The number's place among the colours, 0…1.
  private func place(_ number: Float, _ limit: Float) -> Float {
    let share = number.isFinite ? ratio(number, limit) : 0
    return isSigned ? 0.5 + 0.5 * min(max(share, -1), 1) : share
  }

  private func ratio(_ number: Float, _ limit: Float) -> Float { limit > 0 ? number / limit : 0 }

  /// The numbers of each map.
  private func parts(of map: Tensor) -> [ArraySlice<Float>] {
    precondition(
      (3...4).contains(map.rank) && map.shape[map.rank - 1] == 1 && map.count > 0,
      "a map is [H, W, 1] or [N, H, W, 1], not \(map.shape)")
    let count = map.rank == 4 ? map.shape[0] : 1
    let elements = map.elements
    return (0..<count).map { elements[$0 * (map.count / count)..<($0 + 1) * (map.count / count)] }
  }
}
