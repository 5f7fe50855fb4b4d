import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// How far the power spectrum is from falling as that of natural pictures does, `1 / f^exponent`: `(slope + exponent)²`.
///
///     0.1 * SpectrumSlope()
///
/// The slope is that of the line of least squares through `log(P_r + 1e-10)` over `log r`, for rings r of frequencies as wide
/// as the lowest one, up to half a cycle per pixel; P_r is the mean over a ring and all channels of `|F|² / HW`, of pixels
/// 0…1. Optimised pixels have too much of high frequencies: their slope is near 0.
/// Natural pictures: Field 1987, https://doi.org/10.1364/JOSAA.4.002379; exponents near 2.
public struct SpectrumSlope: Regularizer {
  /// How fast power is to fall with frequency.
  public let exponent: Float
  private let spectra = SpectrumCache()

  /// - Parameter exponent: how fast power is to fall with frequency; 2 is that of natural pictures, 0 that of noise.
  public init(exponent: Float = 2) { self.exponent = exponent }

  public var name: String { "SpectrumSlope" }
  public var subjects: [LossSubject] { [.picture(.unit)] }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard exponent.isFinite else { throw .invalidArgument("exponent", "\(exponent) is not finite") }
    guard spectra.spectrum(of: shapes[0]).ringCount > 1 else {
      throw .invalidArgument(
        "picture", "\(shapes[0][1])×\(shapes[0][2]) pixels have no two frequencies: 4×4 have")
    }
  }

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func values(_ tensors: TappedTensors) -> [Float] {
    let spectrum = spectra.spectrum(of: tensors[0].shape)
    return tensors[0].mapPictures { picture in
      let excess = slope(of: spectrum.power(of: spectrum.spectra(of: picture))) + Double(exponent)
      return Float(excess * excess)
    }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    let spectrum = spectra.spectrum(of: tensors[0].shape)
    let weights = weights(spectrum.ringCount)
    for (index, scale) in scales.enumerated() {
      let found = spectrum.spectra(of: tensors[0][picture: index])
      let power = spectrum.power(of: found)
      let factor = 2 * Double(scale) * (slope(of: power) + Double(exponent))
      var gradient = gradients[0, picture: index]
      spectrum.addGradient(
        of: zip(power, weights).map { factor * $1 / ($0 + Self.floor) }, at: found, to: &gradient)
    }
  }

  /// What keeps the logarithm finite where there is no power.
  private static var floor: Double { 1e-10 }

  private func slope(of power: [Double]) -> Double {
    zip(power, weights(power.count)).reduce(0) { $0 + $1.1 * log($1.0 + Self.floor) }
  }

  /// What the slope of the line of least squares multiplies each ring's logarithm by.
  private func weights(_ count: Int) -> [Double] {
    let places = (1...max(count, 1)).map { log(Double($0)) }
    let mean = places.reduce(0, +) / Double(places.count)
    let squares = places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return places.map { squares > 0 ? ($0 - mean) / squares : 0 }
  }
}

/// The spectrum of the size that was asked for last.
private final class SpectrumCache: Sendable {
  private let last = Mutex<(size: [Int], spectrum: RadialSpectrum)?>(nil)

  /// - Parameter shape: `[N, H, W, C]`.
  func spectrum(of shape: [Int]) -> RadialSpectrum {
    let size = Array(shape.dropFirst())
    if let known = last.withLock({ $0 }), known.size == size { return known.spectrum }
    let spectrum = RadialSpectrum(of: shape)
    last.withLock { $0 = (size, spectrum) }
    return spectrum
  }
}
