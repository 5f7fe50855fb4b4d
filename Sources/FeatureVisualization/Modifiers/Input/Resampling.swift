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
  public private(set) var outputSize: PictureSize
  /// Row and column in the input for (y, x) of the grid: `(m₀y + m₁x + m₂, m₃y + m₄x + m₅)`.
  public let matrix: [Float]
  /// What lies beyond the picture's edge.
  public let edge: Edge

  /// The (y, x) of the grid's first pixel, other than (0, 0) where the first rows and columns were cut off.
  private var origin = (y: 0, x: 0)

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

  /// The resampling that this one and then `next` amount to, where that is one: `next` is a window on the grid.
  func followed(by next: Translation) -> Resampling? {
    guard next.isWindow(on: outputSize) else { return nil }
    var result = self
    result.outputSize = next.outputSize
    result.origin = (origin.y - next.top, origin.x - next.left)
    return result
  }

  /// - Precondition: pictures of `inputSize` and `outputSize`.
  public func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    precondition(input.count == inputSize.count && output.count == outputSize.count)
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        if isSeparable {
          blend.apply(input, to: output)
        } else {
          Stretch.forEach(of: outputSize.height, by: 16) { rows in
            withUnsafePointer(to: sampling) {
              cfv_sample($0, input, rows.lowerBound, rows.upperBound, output)
            }
          }
        }
      }
    }
  }

  /// - Precondition: gradients of pictures of `outputSize` and `inputSize`.
  public func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    precondition(
      outputGradient.count == outputSize.count && inputGradient.count == inputSize.count)
    outputGradient.withUnsafeBufferPointer { output in
      inputGradient.withUnsafeMutableBufferPointer { input in
        guard let input = input.baseAddress, let output = output.baseAddress else { return }
        if isSeparable {
          blend.pullBack(output, addingTo: input)
        } else {
          scatter(output, input)
        }
      }
    }
  }

  /// Adds shares of the output's gradient to the input's.
  private func scatter(_ output: UnsafePointer<Float>, _ input: UnsafeMutablePointer<Float>) {
    let sampling = sampling
    let scratch = withUnsafePointer(to: sampling) { cfv_sampling_scratch($0) }
    Stretch.forEach(of: inputSize.height, by: Int(CFV_SAMPLING_ROWS)) { rows in
      withUnsafeTemporaryAllocation(byteCount: scratch * MemoryLayout<Float>.stride, alignment: 64)
      { memory in
        withUnsafePointer(to: sampling) {
          cfv_pull_back_sample(
            $0, output, rows.lowerBound, rows.upperBound, input,
            memory.bindMemory(to: Float.self).baseAddress)
        }
      }
    }
  }

  private var sampling: cfv_sampling {
    cfv_sampling(
      height: inputSize.height, width: inputSize.width, channels: inputSize.channels,
      out_height: outputSize.height, out_width: outputSize.width, top: origin.y, left: origin.x,
      m: (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]), clamping: clamping,
      fill: fill)
  }

  private var clamping: Int32 { edge == .clamp ? 1 : 0 }
  private var fill: Float { if case .fill(let brightness) = edge { brightness } else { 0 } }

  // MARK: Scaling alone

  /// Whether rows and columns are sampled each by themselves, held at the edge.
  private var isSeparable: Bool { matrix[1] == 0 && matrix[3] == 0 && edge == .clamp }

  private var blend: PictureBlend {
    PictureBlend(
      inputSize: inputSize, outputSize: outputSize,
      rows: AxisBlend(
        inputSize.height, from: origin.y, count: outputSize.height, step: matrix[0],
        start: matrix[2]),
      columns: AxisBlend(
        inputSize.width, from: origin.x, count: outputSize.width, step: matrix[4],
        start: matrix[5]))
  }
}
