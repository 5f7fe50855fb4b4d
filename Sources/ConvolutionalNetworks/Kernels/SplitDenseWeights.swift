internal import CFVKernels

/// Split weights of units (`SplitLines`): for one row, units whose activation is surely closed are read in part.
struct SplitDenseWeights: DenseWeights {
  let elements: Tensor
  /// For each unit the sum below which its activation is 0; `nil` reads all weights.
  private let limits: Tensor?

  /// - Parameter epilogue: what becomes of the sums.
  init(lines: Tensor, epilogue: Epilogue) {
    elements = lines
    limits = epilogue.closingLimits(units: lines.shape[0])
  }

  var lines: Int { elements.shape[0] }
  var width: Int { elements.shape[1] }

  /// Enough lines that most are read while the ones after them are known.
  var linesOfChunk: Int { 128 }

  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, lines chosen: Range<Int>,
    gates: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    if rows == 1, gates == nil, !accumulating {
      cfv_dense_split_multiply(
        input, elements.unsafeElements, limits?.unsafeElements, width, lines, chosen.lowerBound,
        chosen.upperBound, output, open)
    } else {
      cfv_dense_split_multiply_rows(
        input, rows, elements.unsafeElements, width, lines, chosen.lowerBound, chosen.upperBound,
        gates, output, accumulating ? 1 : 0, open)
    }
  }

  func combine(
    _ shares: UnsafePointer<Float>, rows: Int, places: Range<Int>,
    into output: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    if rows == 1 {
      cfv_dense_split_combine(
        shares, elements.unsafeElements, width, lines, places.lowerBound, places.upperBound, output,
        accumulating ? 1 : 0, open)
    } else {
      cfv_dense_split_combine_rows(
        shares, rows, elements.unsafeElements, width, lines, places.lowerBound, places.upperBound,
        output, accumulating ? 1 : 0, open)
    }
  }
}

extension Epilogue {
  /// For each unit the sum below which its activation is 0; `nil` where it may be anything else.
  fileprivate func closingLimits(units: Int) -> Tensor? {
    guard isActivated, scale == nil, slope == 1, range.lowerBound == 0 else { return nil }
    guard let shift else { return Tensor(shape: [units]) }
    return Tensor(shape: [units], elements: shift.elements.map { 0 - $0 })
  }
}
