import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Multiplies the spectrum of the gradient by a power of the frequency, priors' included: pixels take the steps that a
/// spectrum would.
///
/// `g ← irfft2(rfft2(g) · (f₀ / max(f, f₀))^p)`, frequencies in cycles per pixel, f₀ = 1 / max(H, W): the slowest wave
/// keeps its strength. Horama multiplies by `√(H·W) / max(f, f₀)^p` instead, the same but for a constant. It has it on a
/// spectrum that NAdam steps along, which takes every factor of a single number out again; here it acts on pixels.
/// https://github.com/serre-lab/Horama, `feature_accentuation.py`.
public struct SpectralPreconditioning: GradModifier {
  /// p, how much stronger slow waves are.
  public let power: Float
  private let transforms = TransformCache()

  /// - Parameter power: p, how much stronger slow waves are, 0…10; Horama's 1.5 unless given.
  public init(power: Float = 1.5) { self.power = power }

  public var name: String { "SpectralPreconditioning" }
  public var part: GradientPart { .whole }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...10).contains(power) else {
      throw .invalidArgument("preconditioning", "a power of \(power) is not in 0...10")
    }
  }

  public func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    let (channels, width) = (context.size.channels, context.size.width)
    let transform = transforms.pair(for: context.size, power: power)
    gradient.withUnsafeMutableBufferPointer { gradient in
      guard let gradient = gradient.baseAddress else { return }
      transform.apply(count: channels) { planes in
        for c in 0..<channels {
          for y in 0..<context.size.height {
            let (row, from) = (planes.row(c, y), gradient + y * width * channels + c)
            for x in 0..<width { row[x] = from[x * channels] }
          }
        }
      } reading: { planes in
        for c in 0..<channels {
          for y in 0..<context.size.height {
            let (row, to) = (planes.row(c, y), gradient + y * width * channels + c)
            for x in 0..<width { to[x * channels] = row[x] }
          }
        }
      }
    }
  }
}

extension GradModifier where Self == SpectralPreconditioning {
  /// Multiplies the spectrum of the gradient by a power of the wavelength.
  public static func preconditioned(power: Float = 1.5) -> SpectralPreconditioning {
    SpectralPreconditioning(power: power)
  }
}

/// The way into the spectrum, and the way back with a gain for each frequency.
private struct TransformPair: Sendable {
  let forward: InverseRealTransform
  let back: InverseRealTransform
  private let memory = ReusedMemory()

  init(_ size: PictureSize, power: Float) {
    let lowest = 1 / Double(max(size.height, size.width))
    let area = Double(size.height * size.width)
    forward = InverseRealTransform(height: size.height, width: size.width) { _ in 1 / area }
    back = InverseRealTransform(height: size.height, width: size.width) {
      pow(lowest / max($0, lowest), Double(power)) / area
    }
  }

  func apply(
    count: Int, writing: (PaddedPlanes) -> Void, reading: (PaddedPlanes) -> Void
  ) {
    memory.withNumbers(count * forward.spectrumCount) { spectra in
      forward.analyze(into: spectra, count: count, writing)
      back.apply(spectra, count: count, reading)
    }
  }
}

/// The transforms of the last size, which pictures of a run share.
private final class TransformCache: Sendable {
  private let last = Mutex<(size: PictureSize, pair: TransformPair)?>(nil)

  func pair(for size: PictureSize, power: Float) -> TransformPair {
    last.withLock { last in
      if let last, last.size == size { return last.pair }
      let pair = TransformPair(size, power: power)
      last = (size, pair)
      return pair
    }
  }
}
