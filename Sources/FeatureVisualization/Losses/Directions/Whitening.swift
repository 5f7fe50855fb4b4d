#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CFVLAPACKE
#endif

/// Takes out of directions that channels are active together: `v S`, with S the inverse of the mean over samples of `a aᵀ`.
///
///     let activations = try network.evaluate(photos, at: "mixed4c")
///     Direction(layer: "mixed4c", vector, whitening: try Whitening(of: activations))
///
/// The mean is not subtracted, as the field has it. A ridge keeps S finite where channels are always 0, or always alike.
/// Carter et al. 2019, https://distill.pub/2019/activation-atlas.
public struct Whitening: Sendable {
  /// S, `[C, C]`.
  public let matrix: Tensor

  /// Multiplies by a matrix of one's own.
  ///
  /// - Parameter matrix: `[C, C]`, finite.
  /// - Throws: `VisualizationError.invalidArgument` for anything else.
  public init(_ matrix: Tensor) throws(VisualizationError) {
    guard matrix.rank == 2, matrix.shape[0] == matrix.shape[1], matrix.count > 0,
      matrix.elements.allSatisfy(\.isFinite)
    else {
      throw .invalidArgument("whitening", "shape \(matrix.shape) is no square of finite numbers")
    }
    self.matrix = matrix
  }

  /// Measures which channels are active together.
  ///
  /// - Parameters:
  ///   - activations: `[N, H, W, C]` or `[N, C]`; each position is a sample.
  ///   - ridge: what is added to the diagonal of the mean of `a aᵀ`, as a share of the mean of that diagonal.
  /// - Throws: `VisualizationError.invalidArgument` for activations that are not finite or all 0, and for a ridge below 0;
  ///   `.decomposition` where there is no inverse.
  /// - Complexity: O(samples · C² + C³).
  public init(of activations: Tensor, ridge: Float = 1e-4) throws(VisualizationError) {
    let channels = activations.shape.last ?? 0
    guard activations.rank >= 2, channels > 0, activations.count > 0, ridge >= 0, ridge.isFinite
    else {
      throw .invalidArgument(
        "whitening", "activations of shape \(activations.shape), a ridge of \(ridge)")
    }
    var moment = Self.secondMoment(activations, channels)
    let trace = (0..<channels).reduce(0.0) { $0 + moment[$1 * (channels + 1)] }
    guard trace > 0, trace.isFinite else {
      throw .invalidArgument("whitening", "activations are all 0, or not finite")
    }
    for channel in 0..<channels {
      moment[channel * (channels + 1)] += Double(ridge) * trace / Double(channels)
    }
    try Self.invert(&moment, channels)
    try self.init(Tensor(shape: [channels, channels], elements: moment.map { Float($0) }))
  }

  /// `v S` of a direction, or of each direction of a patch.
  ///
  /// - Parameter vector: `[C]` or `[h, w, C]`.
  /// - Throws: `VisualizationError.invalidArgument` for another number of channels, or a direction that becomes 0.
  func whitened(_ vector: Tensor) throws(VisualizationError) -> Tensor {
    let channels = matrix.shape[0]
    guard vector.shape.last == channels else {
      throw .invalidArgument(
        "whitening", "a matrix of \(channels) channels for a direction of \(vector.shape.last ?? 0)"
      )
    }
    let (vectors, matrix) = (vector.elements, matrix.elements)
    var result: [Float] = []
    for start in stride(from: 0, to: vectors.count, by: channels) {
      var sums = [Double](repeating: 0, count: channels)
      for row in 0..<channels where vectors[start + row] != 0 {
        let factor = Double(vectors[start + row])
        for column in 0..<channels {
          sums[column] += factor * Double(matrix[row * channels + column])
        }
      }
      result += sums.map { Float($0) }
    }
    guard result.allSatisfy(\.isFinite), result.contains(where: { $0 != 0 }) else {
      throw .invalidArgument(
        "whitening", "it makes nothing, or no finite numbers, of the direction")
    }
    return Tensor(shape: vector.shape, elements: result)
  }

  /// The mean over samples of `a aᵀ`.
  private static func secondMoment(_ activations: Tensor, _ channels: Int) -> [Double] {
    let samples = activations.count / channels
    var sums = [Double](repeating: 0, count: channels * channels)
    activations.withUnsafeBufferPointer { a in
      sums.withUnsafeMutableBufferPointer { sums in
        for sample in 0..<samples {
          let a = UnsafeBufferPointer(rebasing: a[sample * channels..<(sample + 1) * channels])
          for row in 0..<channels where a[row] != 0 {
            let factor = Double(a[row])
            for column in 0..<channels {
              sums[row * channels + column] += factor * Double(a[column])
            }
          }
        }
      }
    }
    return sums.map { $0 / Double(samples) }
  }

  /// Puts the inverse in place of a positive matrix.
  private static func invert(_ matrix: inout [Double], _ count: Int) throws(VisualizationError) {
    #if canImport(Accelerate)
      var (triangle, order, step, status) = (
        Int8(UInt8(ascii: "L")), Int32(count), Int32(count), Int32(0)
      )
      dpotrf_(&triangle, &order, &matrix, &step, &status)
      if status == 0 { dpotri_(&triangle, &order, &matrix, &step, &status) }
    #else
      guard BLASMemory.reserve(threads: 1) else {
        throw .decomposition(
          "LAPACK needs 128 MB of addresses, which the system refuses: raise the limit on memory (ulimit -v)"
        )
      }
      let (triangle, order) = (CChar(UInt8(ascii: "L")), Int32(count))
      var status = LAPACKE_dpotrf(LAPACK_COL_MAJOR, triangle, order, &matrix, order)
      if status == 0 {
        status = LAPACKE_dpotri(LAPACK_COL_MAJOR, triangle, order, &matrix, order)
      }
    #endif
    guard status == 0 else {
      throw .decomposition(
        "the mean of a aᵀ over \(count) channels has no inverse (\(status)): take a larger ridge")
    }
    // Only one triangle is written.
    for row in 0..<count {
      for column in 0..<row { matrix[row * count + column] = matrix[column * count + row] }
    }
  }
}
