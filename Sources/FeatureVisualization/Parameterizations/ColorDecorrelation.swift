#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CFVLAPACKE
#endif

/// A basis of colours in which natural pictures' channels are uncorrelated, so that a step changes colours as
/// they change together in the world.
///
/// `rgb = matrix · channels`; the columns are the principal axes of a covariance of colours, each as long as its
/// deviation, all divided by the longest.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization.
public struct ColorDecorrelation: Sendable, Equatable {
  /// Nine numbers in row-major order: a row per colour, a column per channel.
  public let matrix: [Float]

  /// The basis for pictures whose colours have this covariance.
  ///
  /// - Parameter covariance: nine numbers, symmetric and positive semidefinite, not all 0.
  /// - Throws: `VisualizationError.decomposition` otherwise.
  public init(covariance: [Float]) throws(VisualizationError) {
    guard covariance.count == 9, covariance.allSatisfy(\.isFinite) else {
      throw .decomposition("a covariance of colours is 9 finite numbers, not \(covariance)")
    }
    let scale = covariance.map(abs).max() ?? 0
    for row in 0..<3 {
      for column in 0..<row
      where abs(covariance[3 * row + column] - covariance[3 * column + row]) > 1e-4 * scale {
        throw .decomposition("the covariance \(covariance) is not symmetric")
      }
    }
    let (values, vectors) = try Self.eigenvectors(covariance)
    guard let largest = values.max(), largest > 0, values.allSatisfy({ $0 >= -1e-4 * largest })
    else { throw .decomposition("the covariance \(covariance) is not positive") }
    var matrix = [Float](repeating: 0, count: 9)
    // LAPACK gives the smallest first; the main axis, brightness, comes first here.
    for (column, index) in [2, 1, 0].enumerated() {
      let axis = (0..<3).map { vectors[3 * index + $0] }
      // An axis has two directions: the one whose largest component is positive.
      let main = axis.max { abs($0) < abs($1) } ?? 1
      let length = max(values[index], 0).squareRoot() / largest.squareRoot()
      for row in 0..<3 { matrix[3 * row + column] = axis[row] * length * (main < 0 ? -1 : 1) }
    }
    self.matrix = matrix
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

  /// The eigenvalues in ascending order, and the eigenvectors one after another.
  private static func eigenvectors(_ symmetric: [Float]) throws(VisualizationError) -> (
    values: [Float], vectors: [Float]
  ) {
    var vectors = symmetric
    var values = [Float](repeating: 0, count: 3)
    #if canImport(Accelerate)
      var (job, triangle) = (Int8(UInt8(ascii: "V")), Int8(UInt8(ascii: "U")))
      var (order, step, status) = (Int32(3), Int32(3), Int32(0))
      var work = [Float](repeating: 0, count: 64)
      var workCount = Int32(work.count)
      ssyev_(&job, &triangle, &order, &vectors, &step, &values, &work, &workCount, &status)
    #else
      guard BLASMemory.reserve(threads: 1) else {
        throw .decomposition(
          "LAPACK needs 128 MB of addresses, which the system refuses: raise the limit on memory (ulimit -v)"
        )
      }
      // Column-major, so that each eigenvector is a stretch of three numbers.
      let status = LAPACKE_ssyev(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), 3, &vectors, 3,
        &values)
    #endif
    guard status == 0 else {
      throw .decomposition("ssyev gives \(status) for the covariance \(symmetric)")
    }
    return (values, vectors)
  }
}
