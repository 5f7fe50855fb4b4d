import Foundation
import PictureFiles
import Testing

/// Protects colours from saying what numbers do not: a step that looks larger than others looks like an edge.
@Suite("Colour maps") struct ColorMapTests {
  /// CIE 1976 lightness, green–red and blue–yellow of a colour, D65.
  private func lab(_ color: SIMD3<Float>) -> SIMD3<Double> {
    func linear(_ value: Float) -> Double {
      let value = Double(value)
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    func root(_ share: Double) -> Double {
      share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    let (r, g, b) = (linear(color.x), linear(color.y), linear(color.z))
    let x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
    let y = root(0.2126 * r + 0.7152 * g + 0.0722 * b)
    let z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    return SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  private func colors(_ map: ColorMap, _ count: Int = 65) -> [SIMD3<Double>] {
    (0..<count).map { lab(map.color(of: Float($0) / Float(count - 1))) }
  }

  /// Protects order in grey prints and for colour-blind eyes: lightness rises all the way, in nearly even steps.
  @Test(arguments: [ColorMap.viridis, .inferno, .gray]) func lightnessRisesEvenly(map: ColorMap) {
    let lightness = colors(map).map(\.x)
    let steps = zip(lightness, lightness.dropFirst()).map { $1 - $0 }
    let mean = steps.reduce(0, +) / Double(steps.count)
    #expect(steps.allSatisfy { $0 > 0.3 * mean && $0 < 1.8 * mean }, "\(steps)")
    #expect(lightness.last! - lightness.first! > 70)
  }

  /// Protects signs: both ends are as far from white as each other, and white is the middle.
  @Test func signsAreSymmetric() {
    let map = ColorMap.blueWhiteRed
    #expect(map.color(of: 0.5) == SIMD3(repeating: 1) || map.color(of: 0.5).min() > 0.999)
    let lightness = colors(map).map(\.x)
    for place in 0..<32 {
      #expect(lightness[place] < lightness[place + 1])
      #expect(lightness[64 - place] < lightness[63 - place])
      #expect(abs(lightness[place] - lightness[64 - place]) < 5)
    }
    let (low, high) = (map.color(of: 0), map.color(of: 1))
    #expect(low.z > 2 * low.x && high.x > 2 * high.z)
  }

  /// Protects the published colours, of which eight are stated here from the tables of matplotlib 3.10 (CC0).
  @Test func publishedColors() {
    let published: [(ColorMap, Int, Int)] = [
      (.viridis, 0, 0x440154), (.viridis, 85, 0x31688E), (.viridis, 170, 0x35B779),
      (.viridis, 255, 0xFDE725), (.inferno, 0, 0x000004), (.inferno, 85, 0x781C6D),
      (.inferno, 170, 0xED6925), (.inferno, 255, 0xFCFFA4),
    ]
    for (map, place, number) in published {
      let color = map.color(of: Float(place) / 255)
      for (channel, shift) in [16, 8, 0].enumerated() {
        let expected = Float(number >> shift & 255)
        #expect(abs(color[channel] * 255 - expected) < 7, "\(place), \(channel)")
      }
    }
  }

  /// Protects against numbers that are none, or beyond the ends.
  @Test func beyondTheEnds() {
    let map = ColorMap([SIMD3(0, 0, 0), SIMD3(1, 0.5, 0)])
    #expect(map.color(of: 0.5) == SIMD3(0.5, 0.25, 0))
    #expect(map.color(of: -3) == SIMD3(0, 0, 0) && map.color(of: .nan) == SIMD3(0, 0, 0))
    #expect(map.color(of: 7) == SIMD3(1, 0.5, 0) && map.color(of: .infinity) == SIMD3(1, 0.5, 0))
  }
}
