/// Multiplies each channel by a number and adds another: `y = factor · x + offset`.
public struct ChannelScaling: PictureTransformation {
  /// The size scaled.
  public let inputSize: PictureSize
  /// What each channel is multiplied by.
  public let factors: [Float]
  /// What is added to each channel.
  public let offsets: [Float]

  /// - Parameters:
  ///   - factors: what each channel is multiplied by.
  ///   - offsets: what is added to each channel.
  public init(_ inputSize: PictureSize, factors: [Float], offsets: [Float]) {
    self.inputSize = inputSize
    self.factors = factors
    self.offsets = offsets
  }

  public var outputSize: PictureSize { inputSize }

  /// - Precondition: pictures of `inputSize`.
  public func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    precondition(input.count == inputSize.count && output.count == inputSize.count)
    let channels = inputSize.channels
    for pixel in 0..<inputSize.height * inputSize.width {
      for channel in 0..<channels {
        let index = pixel * channels + channel
        output[index] = factors[channel] * input[index] + offsets[channel]
      }
    }
  }

  /// - Precondition: gradients of pictures of `inputSize`.
  public func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    precondition(
      outputGradient.count == inputSize.count && inputGradient.count == inputSize.count)
    let channels = inputSize.channels
    for pixel in 0..<inputSize.height * inputSize.width {
      for channel in 0..<channels {
        let index = pixel * channels + channel
        inputGradient[index] += factors[channel] * outputGradient[index]
      }
    }
  }
}
