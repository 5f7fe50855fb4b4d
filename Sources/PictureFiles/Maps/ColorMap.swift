/// Colours for the numbers of 0…1, in sRGB.
///
/// Between its control points, which lie at equal distances, colours are mixed linearly.
public struct ColorMap: Sendable, Equatable {
  /// The colours of the control points from 0 to 1: red, green and blue of 0…1.
  public let colors: [SIMD3<Float>]

  /// Colours through control points of your own.
  ///
  /// - Parameter colors: red, green and blue of 0…1, from that of 0 to that of 1.
  /// - Precondition: there are two or more.
  public init(_ colors: [SIMD3<Float>]) {
    precondition(colors.count >= 2, "\(colors.count) colours are no map")
    self.colors = colors
  }

  /// The colour of a number.
  ///
  /// - Parameter value: 0…1; what lies outside has the colour of the nearer end, and NaN that of 0.
  public func color(of value: Float) -> SIMD3<Float> {
    let place = min(max(0, value.isNaN ? 0 : value), 1) * Float(colors.count - 1)
    let left = min(Int(place), colors.count - 2)
    let share = place - Float(left)
    return colors[left] * (1 - share) + colors[left + 1] * share
  }

  private init(hexadecimal numbers: [Int]) {
    self.init(
      numbers.map { number in
        SIMD3(Float(number >> 16), Float(number >> 8 & 255), Float(number & 255)) / 255
      })
  }
}

extension ColorMap {
  /// From dark violet over green to yellow: equal steps look equally large, also in grey and to colour-blind eyes.
  ///
  /// 17 of the 256 published colours; those between are off by less than 7 of 255.
  /// Source: N. Smith, S. van der Walt, E. Firing, https://bids.github.io/colormap/ (CC0).
  public static let viridis = ColorMap(hexadecimal: [
    0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26818E, 0x21908C,
    0x1F9F88, 0x28AE80, 0x3EBC74, 0x5DC963, 0x82D34C, 0xABDC32, 0xD5E21A, 0xFDE725,
  ])

  /// From black over red to light yellow, as glowing iron: equal steps look equally large.
  ///
  /// 17 of the 256 published colours; those between are off by less than 7 of 255.
  /// Source: as `viridis`.
  public static let inferno = ColorMap(hexadecimal: [
    0x000004, 0x0B0724, 0x210C4A, 0x3C0965, 0x57106D, 0x70196E, 0x89226A, 0xA32B61, 0xBB3755,
    0xD14644, 0xE35932, 0xF1711E, 0xF98D0A, 0xFCAB0F, 0xF9CA32, 0xF2E865, 0xFCFFA4,
  ])

  /// From black to white.
  public static let gray = ColorMap([SIMD3(repeating: 0), SIMD3(repeating: 1)])

  /// From blue over white, at ½, to red: for numbers of both signs.
  ///
  /// Both ends are as light and as far from grey as each other, and both ways to white are even: straight lines of the
  /// colour space Oklab, from white to (0.5, −0.03, −0.17) and (0.5, 0.155, 0.075).
  /// Source: B. Ottosson, https://bottosson.github.io/posts/oklab/.
  public static let blueWhiteRed: ColorMap = {
    let (white, blue, red) = (
      SIMD3<Float>(1, 0, 0), SIMD3<Float>(0.5, -0.03, -0.17), SIMD3<Float>(0.5, 0.155, 0.075)
    )
    let steps = 8
    func color(_ end: SIMD3<Float>, _ step: Int) -> SIMD3<Float> {
      Oklab.sRGB(white + (end - white) * (Float(step) / Float(steps)))
    }
    return ColorMap(
      (1...steps).reversed().map { color(blue, $0) } + (0...steps).map { color(red, $0) })
  }()
}
