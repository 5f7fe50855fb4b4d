/// Blurs the picture by a Gaussian whose deviation is drawn, so that no detail lives on a single frequency.
///
/// The kernel has an odd side, so that nothing moves; Xplique's of ten pixels shifts pictures by half a pixel. Beyond the
/// edge the picture is mirrored (c b a | a b c), where Xplique's has black, which darkens the rim.
/// https://github.com/deel-ai/xplique, `features_visualizations/transformations.py`.
public struct RandomBlur: InputModifier {
  /// How the deviation is drawn, in pixels.
  public let sigma: Distribution
  /// The side of the kernel, an odd number of pixels.
  public let kernelSide: Int

  /// - Parameters:
  ///   - sigma: how the deviation is drawn, 0.1…1000 pixels.
  ///   - kernelSide: the side of the kernel, an odd number of pixels.
  public init(sigma: Distribution = .uniform(1...2), kernelSide: Int = 9) {
    self.sigma = sigma
    self.kernelSide = kernelSide
  }

  public var name: String { "RandomBlur" }
  public var isRandom: Bool { sigma.isRandom }

  private static let range = 0.1...1000.0

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (1...8191).contains(kernelSide), kernelSide % 2 == 1 else {
      throw .invalidArgument(
        "blur", "a kernel of \(kernelSide) pixels is not odd, or not in 1...8191")
    }
    try sigma.validate("blur", in: Self.range)
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    BlurredPicture(
      size, sigma: sigma.draw(in: Self.range, at: moment, using: &generator),
      radius: kernelSide / 2)
  }
}

extension InputModifier where Self == RandomBlur {
  /// Blurs by a Gaussian whose deviation is drawn, of a kernel with an odd side.
  public static func randomBlur(
    sigma: Distribution = .uniform(1...2), kernelSide: Int = 9
  ) -> RandomBlur { RandomBlur(sigma: sigma, kernelSide: kernelSide) }
}

/// A picture blurred by a Gaussian that was drawn.
struct BlurredPicture: PictureTransformation {
  let inputSize: PictureSize
  let sigma: Double
  let radius: Int

  init(_ inputSize: PictureSize, sigma: Double, radius: Int) {
    self.inputSize = inputSize
    self.sigma = sigma
    self.radius = radius
  }

  var outputSize: PictureSize { inputSize }

  private var blend: PictureBlend { .gaussian(inputSize, sigma: sigma, radius: radius) }

  func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        blend.apply(input, to: output)
      }
    }
  }

  func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    outputGradient.withUnsafeBufferPointer { output in
      inputGradient.withUnsafeMutableBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        blend.pullBack(output, addingTo: input)
      }
    }
  }
}
