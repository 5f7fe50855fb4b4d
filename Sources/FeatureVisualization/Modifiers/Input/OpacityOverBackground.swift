/// Shows a picture with opacity over a background: `α · colour + (1 − α) · background`.
///
/// Without such a modifier in the list, a picture with opacity is shown over mid-grey.
/// https://github.com/tensorflow/lucid, `collapse_alpha_random`.
public struct OpacityOverBackground: InputModifier {
  /// What lies behind the picture.
  public enum Background: Sendable, Hashable {
    /// A grey, 0…1.
    case gray(Float)
    /// Uniform noise of each number, drawn anew at each step.
    case noise
    /// A picture drawn anew at each step from a spectrum of natural pictures in decorrelated colours.
    case spectrum(deviation: Float)
  }

  /// What lies behind the picture.
  public let background: Background

  public init(_ background: Background = .spectrum(deviation: 0.5)) { self.background = background }

  public var name: String { "OpacityOverBackground" }
  public var isRandom: Bool { if case .gray = background { false } else { true } }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    // Which of the channels is the opacity, if any, the run knows that the picture belongs to.
    guard size.channels > 1 else {
      throw .incompatible(
        name, "pictures of \(size.channels) channels",
        reason: "they have no opacity: take a parameterization with one")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let colors = PictureSize(
      height: size.height, width: size.width, channels: size.channels - 1)
    switch background {
    case .gray(let gray): return OpacityCollapse(size, over: .gray(gray))
    case .noise:
      return OpacityCollapse(
        size, over: .picture((0..<colors.count).map { _ in Float(generator.uniform()) }))
    case .spectrum(let deviation):
      return OpacityCollapse(
        size, over: .picture(Fourier(deviation: deviation).randomPicture(colors, &generator)))
    }
  }
}

extension InputModifier where Self == OpacityOverBackground {
  /// Shows a picture with opacity over a background, drawn anew at each step unless it is a grey.
  public static func overBackground(
    _ background: OpacityOverBackground.Background = .spectrum(deviation: 0.5)
  ) -> OpacityOverBackground { OpacityOverBackground(background) }
}

/// A picture with opacity shown over a background, `α · colour + (1 − α) · background`, that was drawn.
struct OpacityCollapse: PictureTransformation {
  /// What lies behind the picture.
  enum Background: Sendable {
    case gray(Float)
    /// Colours, channels last.
    case picture([Float])
  }

  let inputSize: PictureSize
  private let background: Background

  init(_ inputSize: PictureSize, over background: Background) {
    self.inputSize = inputSize
    self.background = background
  }

  var outputSize: PictureSize {
    PictureSize(
      height: inputSize.height, width: inputSize.width, channels: inputSize.channels - 1)
  }

  private func color(_ index: Int) -> Float {
    switch background {
    case .gray(let gray): gray
    case .picture(let colors): colors[index]
    }
  }

  func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    let (all, colors) = (inputSize.channels, inputSize.channels - 1)
    for pixel in 0..<inputSize.height * inputSize.width {
      let opacity = input[pixel * all + colors]
      for channel in 0..<colors {
        let index = pixel * colors + channel
        output[index] = opacity * input[pixel * all + channel] + (1 - opacity) * color(index)
      }
    }
  }

  func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    let (all, colors) = (inputSize.channels, inputSize.channels - 1)
    for pixel in 0..<inputSize.height * inputSize.width {
      let opacity = input[pixel * all + colors]
      var sum: Float = 0
      for channel in 0..<colors {
        let index = pixel * colors + channel
        let gradient = outputGradient[index]
        inputGradient[pixel * all + channel] += opacity * gradient
        sum += gradient * (input[pixel * all + channel] - color(index))
      }
      inputGradient[pixel * all + colors] += sum
    }
  }
}
