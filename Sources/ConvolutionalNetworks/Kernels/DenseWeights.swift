internal import CFVKernels

/// The weights of a dense layer, stored in some precision in lines: the products that kernels take them for.
///
/// A line holds a unit's weights, or else an input's. What one order multiplies, the other combines.
protocol DenseWeights: Sendable {
  /// Units, or else inputs.
  var lines: Int { get }
  /// Weights of a line: inputs, or else units.
  var width: Int { get }
  /// Lines of one chunk of a multiplication.
  var linesOfChunk: Int { get }

  /// `output[r, l] = Σ_i input[r, i] · weights[l, i]`, or accumulating `+=`, for some lines.
  ///
  /// - Parameters:
  ///   - gates: as many as outputs; lines whose gates are 0 in every row are not read, and give 0. `nil` reads all.
  ///   - open: room for a number a line.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, lines chosen: Range<Int>,
    gates: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>)

  /// `output[r, i] = Σ_l shares[r, l] · weights[l, i]`, or accumulating `+=`, for some places of a line; lines whose
  /// shares are 0 in every row are not read.
  ///
  /// - Parameter open: room for a number a line.
  func combine(
    _ shares: UnsafePointer<Float>, rows: Int, places: Range<Int>,
    into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>)
}

/// Weights as the network has them, `[lines, width]`.
struct SingleDenseWeights: DenseWeights {
  let elements: Tensor

  var lines: Int { elements.shape[0] }
  var width: Int { elements.shape[1] }

  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, lines chosen: Range<Int>,
    gates: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    cfv_dense_multiply(
      input, rows, elements.unsafeElements, nil, width, lines, chosen.lowerBound,
      chosen.upperBound, gates, output, accumulating ? 1 : 0, open)
  }

  func combine(
    _ shares: UnsafePointer<Float>, rows: Int, places: Range<Int>,
    into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    cfv_dense_combine(
      shares, rows, elements.unsafeElements, nil, width, lines, places.lowerBound,
      places.upperBound, output, accumulating ? 1 : 0, open)
  }
}
