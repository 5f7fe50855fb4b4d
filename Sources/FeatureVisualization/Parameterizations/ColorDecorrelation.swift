#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CFVLAPACKE
#endif

/// A basis of colours, or of any channels, in which those of the pictures that it was made from are uncorrelated, so that a
/// step changes them as they change together in the world.
///
/// `rgb = matrix · channels`; the columns are the principal axes of a covariance of colours, each as long as its
/// deviation, all divided by the longest.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization.
public struct ColorDecorrelation: Sendable, Equatable {
  /// Nine numbers for colours, C² for C channels, in row-major order: a row per colour, a column per channel.
  public let matrix: [Float]

  /// The channels of the pictures that it is a basis for: 3 for colours.
  public var channelCount: Int { Int(Double(matrix.count).squareRoot().rounded()) }

  /// The basis for pictures whose colours have this covariance.
  ///
  /// - Parameter covariance: nine numbers for colours, C² for C channels, symmetric and positive semidefinite, not all 0.
  /// - Throws: `VisualizationError.decomposition` otherwise.
  /// - Complexity: O(C³).
  public init(covariance: [Float]) throws(VisualizationError) {
    let count = Int(Double(covariance.count).squareRoot().rounded())
    guard count > 0, covariance.count == count * count, covariance.allSatisfy(\.isFinite) else {
      throw .decomposition(
        "a covariance of colours is 9 finite numbers, one of C channels C², not \(covariance)")
    }
    let scale = covariance.map(abs).max() ?? 0
    for row in 0..<count {
      for column in 0..<row
      where abs(covariance[count * row + column] - covariance[count * column + row]) > 1e-4 * scale
      {
        throw .decomposition("the covariance \(covariance) is not symmetric")
      }
    }
    let (values, vectors) = try Self.eigenvectors(covariance, count)
    guard let largest = values.max(), largest > 0, values.allSatisfy({ $0 >= -1e-4 * largest })
    else { throw .decomposition("the covariance \(covariance) is not positive") }
    var matrix = [Float](repeating: 0, count: count * count)
    // LAPACK gives the smallest first; the main axis, brightness, comes first here.
    for (column, index) in (0..<count).reversed().enumerated() {
      let axis = (0..<count).map { vectors[count * index + $0] }
      // An axis has two directions: the one whose largest component is positive.
      let main = axis.max { abs($0) < abs($1) } ?? 1
      let length = max(values[index], 0).squareRoot() / largest.squareRoot()
      for row in 0..<count {
        matrix[count * row + column] = axis[row] * length * (main < 0 ? -1 : 1)
      }
    }
    self.matrix = matrix
  }

  /// The basis for pictures whose colours are those of some pictures.
  ///
  /// - Parameter pictures: each `[N, H, W, C]` or `[H, W, C]`, in any scale that is the same for all.
  /// - Throws: `VisualizationError.invalidArgument` for pictures of other shapes or of different channels;
  ///   `.decomposition` where nothing varies.
  /// - Complexity: O(pixels · C² + C³).
  public init(of pictures: [Tensor]) throws(VisualizationError) {
    var covariance = ColorCovariance()
    for picture in pictures { try covariance.add(picture) }
    try self.init(covariance: covariance.matrix)
  }

  private init(matrix: [Float]) { self.matrix = matrix }

  /// The basis for ImageNet's colours, from the covariance that lucid measured.
  ///
  /// These are the numbers that the initialiser gives for it: what most recipes use should need no memory of LAPACK's.
  public static let imageNet = ColorDecorrelation(matrix: [
    0.561888158, -0.193713978, -0.0579383112,
    0.584564805, -0.0104231155, 0.107216254,
    0.585291266, 0.196378395, -0.0514615439,
  ])

  /// The basis of I1 = (R + G + B) / 3, I2 = (R − B) / 2 and I3 = (2G − R − B) / 4, which needs no pictures; columns are
  /// divided by the longest.
  ///
  /// Ohta, Kanade, Sakai 1980, "Color information for region segmentation".
  public static let i1i2i3 = ColorDecorrelation(matrix: [
    0.577350269, 0.577350269, -0.384900179,
    0.577350269, 0, 0.769800359,
    0.577350269, -0.577350269, -0.384900179,
  ])

  /// The eigenvalues in ascending order, and the eigenvectors one after another.
  private static func eigenvectors(_ symmetric: [Float], _ count: Int) throws(VisualizationError)
    -> (values: [Float], vectors: [Float])
  {
    var vectors = symmetric
    var values = [Float](repeating: 0, count: count)
    #if canImport(Accelerate)
      var (job, triangle) = (Int8(UInt8(ascii: "V")), Int8(UInt8(ascii: "U")))
      var (order, step, status) = (Int32(count), Int32(count), Int32(0))
      var work = [Float](repeating: 0, count: 64 * count)
      var workCount = Int32(work.count)
      ssyev_(&job, &triangle, &order, &vectors, &step, &values, &work, &workCount, &status)
    #else
      guard BLASMemory.reserve(threads: 1) else {
        throw .decomposition(
          "LAPACK needs 128 MB of addresses, which the system refuses: raise the limit on memory (ulimit -v)"
        )
      }
      // Column-major, so that each eigenvector is a stretch of numbers.
      let status = LAPACKE_ssyev(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(count),
        &vectors, Int32(count), &values)
    #endif
    guard status == 0 else {
      throw .decomposition("ssyev gives \(status) for the covariance \(symmetric)")
    }
    return (values, vectors)
  }
}
