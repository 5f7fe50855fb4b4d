import FeatureVisualization
import Foundation

/// Numbers of the normal distribution for any number of samples, each from a stream of its own.
///
/// Stretches of a sample have streams of their own as well, so that threads share the work and the numbers do not depend on how many
/// there are. One uniform number makes one normal number, by the quantile of the distribution.
struct NormalNoise {
  private let seed: UInt64
  /// The numbers of a stretch.
  private static let stretch = 8192

  init(seed: UInt64) { self.seed = seed }

  /// A picture with noise of a standard deviation.
  func added(to picture: Tensor, deviation: Float, sample: Int) -> Tensor {
    let pixels = picture.span
    return Tensor(shape: picture.shape) { target in
      nonisolated(unsafe) let target = target
      let count = target.count
      pixels.withUnsafeBufferPointer { pixels in
        WorkerPool.forEachChunk((count + Self.stretch - 1) / Self.stretch) { chunk, _ in
          var generator = generator(sample, chunk)
          for index in chunk * Self.stretch..<min(count, (chunk + 1) * Self.stretch) {
            let uniform = (Double(generator.next() >> 11) + 0.5) * 0x1p-53
            target[index] = pixels[index] + deviation * Float(Self.quantile(uniform))
          }
        }
      }
    }
  }

  private func generator(_ sample: Int, _ stretch: Int) -> SeededGenerator {
    SeededGenerator(
      seed: seed &+ UInt64(sample) &* 0x9E37_79B9_7F4A_7C15
        &+ UInt64(stretch) &* 0xD1B5_4A32_D192_ED03)
  }

  /// The number that a normal one is below with a probability: algorithm AS 241 of Wichura 1988, to 16 digits.
  static func quantile(_ probability: Double) -> Double {
    let distance = probability - 0.5
    if abs(distance) <= 0.425 {
      let r = 0.180625 - distance * distance
      return distance * ratio(r, middle)
    }
    let r = (-log(min(probability, 1 - probability))).squareRoot()
    let magnitude = r <= 5 ? ratio(r - 1.6, tail) : ratio(r - 5, farTail)
    return distance < 0 ? -magnitude : magnitude
  }

  /// The coefficients of a numerator and a denominator, ascending.
  private typealias Coefficients = InlineArray<16, Double>

  @inline(__always)
  private static func ratio(_ x: Double, _ c: Coefficients) -> Double {
    var (above, below) = (c[7], c[15])
    for power in (0..<7).reversed() {
      above = above * x + c[power]
      below = below * x + c[8 + power]
    }
    return above / below
  }
}

extension NormalNoise {
  private static let middle: Coefficients = [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077,
    21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
  ]
  private static let tail: Coefficients = [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833,
    7.7454501427834140764e-4,
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455,
    0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4,
    1.05075007164441684324e-9,
  ]
  private static let farTail: Coefficients = [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5,
    2.01033439929228813265e-7,
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
    7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
    2.04426310338993978564e-15,
  ]
}
