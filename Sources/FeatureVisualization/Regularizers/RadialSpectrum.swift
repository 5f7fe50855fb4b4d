/// The power of pictures of one size by the distance of frequencies from 0, and the gradient of what is made of it.
///
/// Frequencies are gathered in rings as wide as the lowest frequency of the shorter side, `1 / n` cycles per pixel: ring r
/// has those that round to `r / n`, for r from 1 up to n / 2. Power is the mean over a ring and all channels of `|F|² / HW`.
struct RadialSpectrum: Sendable {
  let ringCount: Int
  private let channels: Int
  private let transform: InverseRealTransform
  /// The ring of each frequency of a half spectrum; 0 for none.
  private let rings: [Int]
  /// How many frequencies of the whole spectrum each stands for: 1 or 2.
  private let multiplicities: [Float]
  /// What a ring's sum of `|F|²` is multiplied by.
  private let factors: [Double]

  /// - Parameter shape: `[N, H, W, C]`.
  init(of shape: [Int]) {
    let (height, width) = (shape[1], shape[2])
    channels = shape[3]
    transform = InverseRealTransform(height: height, width: width) { _ in 1 }
    let side = [height, width].filter { $0 > 1 }.min() ?? 1
    let columns = width / 2 + 1
    var (rings, multiplicities): ([Int], [Float]) = ([], [])
    var counts = [Double](repeating: 0, count: side / 2 + 1)
    for index in 0..<height * columns {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let fy = Double(min(row, height - row)) / Double(height)
      let fx = Double(column) / Double(width)
      let ring = Int(((fy * fy + fx * fx).squareRoot() * Double(side)).rounded())
      rings.append(ring < counts.count ? ring : 0)
      multiplicities.append(column == 0 || 2 * column == width ? 1 : 2)
      if ring < counts.count { counts[ring] += Double(multiplicities[index]) }
    }
    (self.rings, self.multiplicities, ringCount) = (rings, multiplicities, side / 2)
    let pixels = Double(height * width)
    factors = counts.map { $0 > 0 ? 1 / ($0 * Double(shape[3]) * pixels) : 0 }
  }

  /// The half spectra of a picture's channels, each as real and then imaginary parts.
  func spectra(of picture: Span<Float>) -> [Float] {
    let (height, width) = (transform.height, transform.width)
    let pixels = Double(height * width)
    var spectra = [Float](repeating: 0, count: channels * transform.spectrumCount)
    spectra.withUnsafeMutableBufferPointer { spectra in
      guard let base = spectra.baseAddress else { return }
      transform.applyAdjoint(into: base, count: channels) { planes in
        for channel in 0..<channels {
          // No ring has the mean, beside which the rest would lose digits.
          var mean = 0.0
          for pixel in 0..<height * width { mean += Double(picture[pixel * channels + channel]) }
          mean /= pixels
          for y in 0..<height {
            let row = planes.row(channel, y)
            for x in 0..<width {
              row[x] = picture[(y * width + x) * channels + channel] - Float(mean)
            }
          }
        }
      }
      // The adjoint counts a frequency as often as it stands for one.
      for i in spectra.indices { spectra[i] /= multiplicities[i % multiplicities.count] }
    }
    return spectra
  }

  /// The power of each ring, from the first on.
  func power(of spectra: [Float]) -> [Double] {
    var sums = [Double](repeating: 0, count: ringCount + 1)
    for i in spectra.indices {
      let place = i % multiplicities.count
      sums[rings[place]] += Double(multiplicities[place]) * Double(spectra[i] * spectra[i])
    }
    return (1...max(ringCount, 1)).prefix(ringCount).map { sums[$0] * factors[$0] }
  }

  /// Adds the gradient of a picture for that of each ring's power.
  func addGradient(
    of power: [Double], at spectra: [Float], to gradient: inout MutableSpan<Float>
  ) {
    let slopes = [0] + power.indices.map { Float(2 * power[$0] * factors[$0 + 1]) }
    var weighted = spectra
    for i in weighted.indices { weighted[i] *= slopes[rings[i % rings.count]] }
    let (height, width) = (transform.height, transform.width)
    gradient.withUnsafeMutableBufferPointer { gradient in
      weighted.withUnsafeBufferPointer { weighted in
        guard let base = weighted.baseAddress else { return }
        transform.apply(base, count: channels) { planes in
          for channel in 0..<channels {
            for y in 0..<height {
              let row = planes.row(channel, y)
              for x in 0..<width { gradient[(y * width + x) * channels + channel] += row[x] }
            }
          }
        }
      }
    }
  }
}
