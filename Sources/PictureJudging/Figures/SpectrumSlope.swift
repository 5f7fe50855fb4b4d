public import FeatureVisualization
import Foundation
internal import PictureFiles

/// How fast the power of a picture's waves falls with their frequency: α of `power ∝ 1 / f^α`.
///
/// The picture's luminance less its mean is faded out towards the borders (Hann), so that they make no waves; its power
/// spectrum is averaged over rings a cycle per side wide, and a line is laid through `ln power` over `ln f`, from 3 cycles per
/// shorter side to half a cycle per pixel, in which every octave counts alike.
public struct SpectrumSlope: Sendable, Equatable {
  /// α: larger where a picture is blurred, smaller where it has more fine detail than natural ones.
  public let exponent: Float

  /// About what natural pictures have, give or take a half: Field 1987, https://doi.org/10.1364/JOSAA.4.002379; Tolhurst, Tadmor
  /// and Chao 1992, https://doi.org/10.1111/j.1475-1313.1992.tb00296.x.
  public static let natural: Float = 2

  /// - Parameter picture: `[1, H, W, 3]` or `[1, H, W, 1]`.
  /// - Returns: `nil` of a picture of one colour, whose waves have no power, and of one with a side below 12 pixels.
  /// - Throws: `JudgingError.unfitPicture` for other tensors, and pixels that are not finite.
  public init?(of picture: Tensor) throws(JudgingError) {
    guard picture.rank == 4, picture.pictureCount == 1, [1, 3].contains(picture.shape[3]) else {
      throw .unfitPicture(
        reason: "shape \(picture.shape) is neither [1, H, W, 3] nor [1, H, W, 1]")
    }
    guard picture.shape[1] >= 12, picture.shape[2] >= 12 else { return nil }
    guard picture.elements.allSatisfy(\.isFinite) else {
      throw .unfitPicture(reason: "a pixel is not finite")
    }
    let size = PictureSize(height: picture.shape[1], width: picture.shape[2], channels: 1)
    let rings = Rings(of: Self.faded(picture.luminance.elements, size), size)
    guard let exponent = rings.exponent else { return nil }
    self.exponent = exponent
  }

  /// The numbers less their mean, which fall to 0 at the borders.
  private static func faded(_ pixels: [Float], _ size: PictureSize) -> [Float] {
    func window(_ count: Int) -> [Float] {
      (0..<count).map { 0.5 - 0.5 * cos(2 * .pi * (Float($0) + 0.5) / Float(count)) }
    }
    let mean = pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
    let (rows, columns) = (window(size.height), window(size.width))
    return pixels.indices.map { index in
      (pixels[index] - Float(mean)) * rows[index / size.width] * columns[index % size.width]
    }
  }
}

/// The mean power of the waves of each frequency.
private struct Rings {
  /// In cycles per shorter side, each with the power.
  private var powers: [(frequency: Double, power: Double)] = []

  init(of pixels: [Float], _ size: PictureSize) {
    let magnitudes = SpectrumAnalysis(size, colors: nil).magnitudes(pixels)
    let columns = size.width / 2 + 1
    let shorter = Double(min(size.height, size.width))
    var sums = [Double](repeating: 0, count: Int(shorter) / 2 + 1)
    var counts = sums
    for (index, magnitude) in magnitudes.enumerated() {
      let (row, column) = (index / columns, index % columns)
      let down = Double(2 * row <= size.height ? row : row - size.height) / Double(size.height)
      let right = Double(column) / Double(size.width)
      let ring = Int((shorter * (down * down + right * right).squareRoot()).rounded())
      guard sums.indices.contains(ring) else { continue }
      sums[ring] += Double(magnitude) * Double(magnitude)
      counts[ring] += 1
    }
    for ring in 3..<sums.count where counts[ring] > 0 {
      powers.append((Double(ring), sums[ring] / counts[ring]))
    }
  }

  /// The slope of the line, turned round; `nil` where a power is 0 or there are too few.
  var exponent: Float? {
    let total = powers.reduce(0) { $0 + $1.power }
    // What rounding leaves of nothing is no power.
    guard powers.count > 1, total > 1e-10, powers.allSatisfy({ $0.power > 0 }) else { return nil }
    var (weight, x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (frequency, power) in powers {
      let (w, u, v) = (1 / frequency, log(frequency), log(power))
      weight += w
      x += w * u
      y += w * v
      xx += w * u * u
      xy += w * u * v
    }
    return Float(-(weight * xy - x * y) / (weight * xx - x * x))
  }
}
