internal import CFVKernels

/// Samples a picture bilinearly on a grid that is scaled, rotated or sheared: any affine map of the plane.
public struct Resampling: PictureTransformation {
  /// What lies beyond the picture's edge.
  public enum Edge: Sendable, Equatable {
    /// The edge itself.
    case clamp
    /// A grey of this brightness, 0…1.
    case fill(Float)
  }

  /// The size sampled.
  public let inputSize: PictureSize
  /// The size of the grid.
  public let outputSize: PictureSize
  /// Row and column in the input for (y, x) of the grid: `(m₀y + m₁x + m₂, m₃y + m₄x + m₅)`.
  public let matrix: [Float]
  /// What lies beyond the picture's edge.
  public let edge: Edge

  /// - Precondition: the matrix has six numbers.
  public init(_ inputSize: PictureSize, to outputSize: PictureSize, matrix: [Float], edge: Edge) {
    precondition(matrix.count == 6, "an affine map of the plane has 6 numbers, not \(matrix.count)")
    self.inputSize = inputSize
    self.outputSize = outputSize
    self.matrix = matrix
    self.edge = edge
  }

  /// Resizes a picture; centres of pixels correspond (half-pixel coordinates).
  public static func resize(_ inputSize: PictureSize, height: Int, width: Int) -> Resampling {
    let vertical = Float(inputSize.height) / Float(height)
    let horizontal = Float(inputSize.width) / Float(width)
    return Resampling(
      inputSize, to: PictureSize(height: height, width: width, channels: inputSize.channels),
      matrix: [vertical, 0, (vertical - 1) / 2, 0, horizontal, (horizontal - 1) / 2], edge: .clamp)
  }

  public func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        cfv_sample(
          input.baseAddress, inputSize.height, inputSize.width, inputSize.channels, matrix,
          clamping, fill, output.baseAddress, outputSize.height, outputSize.width)
      }
    }
  }

  public func pullback(
    _ outputGradient: Span<Float>, addingTo inputGradient: inout MutableSpan<Float>
  ) {
    outputGradient.withUnsafeBufferPointer { output in
      inputGradient.withUnsafeMutableBufferPointer { input in
        cfv_pull_back_sample(
          output.baseAddress, outputSize.height, outputSize.width, inputSize.channels, matrix,
          clamping, input.baseAddress, inputSize.height, inputSize.width)
      }
    }
  }

  private var clamping: Int32 { edge == .clamp ? 1 : 0 }
  private var fill: Float { if case .fill(let brightness) = edge { brightness } else { 0 } }
}
