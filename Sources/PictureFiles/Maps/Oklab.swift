internal import Foundation

/// The colour space Oklab, in which straight lines look even.
///
/// Source: B. Ottosson, https://bottosson.github.io/posts/oklab/.
enum Oklab {
  /// The colour of lightness, green–red and blue–yellow as sRGB, 0…1; what no screen has is clamped.
  static func sRGB(_ lab: SIMD3<Float>) -> SIMD3<Float> {
    let l = lab.x + 0.3963377774 * lab.y + 0.2158037573 * lab.z
    let m = lab.x - 0.1055613458 * lab.y - 0.0638541728 * lab.z
    let s = lab.x - 0.0894841775 * lab.y - 1.2914855480 * lab.z
    let cones = SIMD3(l * l * l, m * m * m, s * s * s)
    return SIMD3(
      encoded((cones * SIMD3(4.0767416621, -3.3077115913, 0.2309699292)).sum()),
      encoded((cones * SIMD3(-1.2684380046, 2.6097574011, -0.3413193965)).sum()),
      encoded((cones * SIMD3(-0.0041960863, -0.7034186147, 1.7076147010)).sum()))
  }

  /// Linear light as the numbers of files (IEC 61966-2-1).
  private static func encoded(_ light: Float) -> Float {
    let light = min(max(light, 0), 1)
    return light <= 0.0031308 ? 12.92 * light : 1.055 * powf(light, 1 / 2.4) - 0.055
  }
}
