/// Adds normal and uniform noise to every number, drawn anew at each step, so that faint patterns do not count.
///
/// `x + N(0, s²) + U(−w/2, w/2)`, in the scale of pictures, 0…1.
/// https://github.com/deel-ai/xplique, `features_visualizations/maco.py`.
public struct Noise: InputModifier {
  /// s, the deviation of the normal noise.
  public let deviation: Schedule
  /// w, the width of the uniform noise.
  public let width: Schedule

  /// - Parameters:
  ///   - deviation: s, the deviation of the normal noise, from 0 on.
  ///   - width: w, the width of the uniform noise, from 0 on.
  public init(deviation: Schedule, width: Schedule = 0) {
    self.deviation = deviation
    self.width = width
  }

  public var name: String { "Noise" }
  public var isRandom: Bool { deviation.constant != 0 || width.constant != 0 }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    for strength in [deviation, width] {
      if let constant = strength.constant, !(constant >= 0 && constant.isFinite) {
        throw .invalidArgument("noise", "a strength of \(constant) is negative or not finite")
      }
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let (deviation, width) = (deviation.value(at: moment), width.value(at: moment))
    guard deviation != 0 || width != 0 else { return nil }
    return AddedNoise(size, deviation: deviation, width: width, seed: generator.next())
  }
}

extension InputModifier where Self == Noise {
  /// Adds normal noise of a deviation, and uniform noise that is as wide.
  public static func noise(_ strength: Schedule) -> Noise {
    Noise(deviation: strength, width: strength)
  }
}

/// Noise that was drawn: the seed says all of it.
struct AddedNoise: PictureTransformation {
  let inputSize: PictureSize
  let deviation: Float
  let width: Float
  let seed: UInt64

  init(_ inputSize: PictureSize, deviation: Float, width: Float, seed: UInt64) {
    self.inputSize = inputSize
    self.deviation = deviation
    self.width = width
    self.seed = seed
  }

  var outputSize: PictureSize { inputSize }

  func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    precondition(input.count == inputSize.count && output.count == inputSize.count)
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        // Each stretch has a stream of its own: the noise is the same on any number of threads.
        Stretch.forEach(of: inputSize.count) { stretch in
          var generator = SeededGenerator(
            seed: seed &+ UInt64(stretch.lowerBound) &* 0xD1B5_4A32_D192_ED03)
          for index in stretch {
            var noise: Float = 0
            if deviation != 0 { noise += deviation * Float(generator.normal()) }
            if width != 0 { noise += width * Float(generator.uniform() - 0.5) }
            output[index] = input[index] + noise
          }
        }
      }
    }
  }

  func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    Elements.add(outputGradient, to: &inputGradient)
  }
}
