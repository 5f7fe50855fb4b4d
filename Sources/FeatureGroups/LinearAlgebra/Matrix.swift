import ConvolutionalNetworks

/// A matrix of doubles, row by row.
struct Matrix {
  let rows: Int
  let columns: Int
  var elements: [Double]

  init(rows: Int, columns: Int, elements: [Double]) {
    (self.rows, self.columns, self.elements) = (rows, columns, elements)
  }

  init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  /// The rows along a tensor's last axis.
  init(rowsOf tensor: Tensor) {
    let columns = tensor.shape.last ?? 1
    self.init(
      rows: columns > 0 ? tensor.count / columns : 0, columns: columns,
      elements: tensor.elements.map { Double($0) })
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The numbers of one row.
  func row(_ index: Int) -> ArraySlice<Double> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// The same in single precision, `[rows, columns]`.
  var tensor: Tensor { Tensor(shape: [rows, columns], elements: elements.map { Float($0) }) }

  /// `Σ x²`.
  var squaredNorm: Double { elements.reduce(0) { $0 + $1 * $1 } }

  var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}

/// Products. Each row of a result is summed on one thread, in one order.
extension Matrix {
  /// The rows of a result that a thread takes at once.
  private static let chunk = 16

  /// `A B`.
  static func * (left: Matrix, right: Matrix) -> Matrix {
    var result = Matrix(rows: left.rows, columns: right.columns)
    let (inner, width) = (left.columns, right.columns)
    result.forEachRow { row, sums in
      left.elements.withUnsafeBufferPointer { left in
        right.elements.withUnsafeBufferPointer { right in
          for k in 0..<inner {
            let factor = left[row * inner + k]
            guard factor != 0 else { continue }
            for column in 0..<width { sums[column] += factor * right[k * width + column] }
          }
        }
      }
    }
    return result
  }

  /// `A Bᵀ`.
  func timesTransposed(_ other: Matrix) -> Matrix {
    var result = Matrix(rows: rows, columns: other.rows)
    let (inner, width) = (columns, other.rows)
    result.forEachRow { row, sums in
      elements.withUnsafeBufferPointer { left in
        other.elements.withUnsafeBufferPointer { right in
          for column in 0..<width {
            var sum = 0.0
            for k in 0..<inner { sum += left[row * inner + k] * right[column * inner + k] }
            sums[column] = sum
          }
        }
      }
    }
    return result
  }

  /// `AᵀA`.
  var gram: Matrix { transposed.timesItsTransposed }

  /// `A Aᵀ`.
  var timesItsTransposed: Matrix { timesTransposed(self) }

  /// Calls `body` with each row, on several threads.
  mutating func forEachRow(
    _ body: (_ row: Int, _ numbers: UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let (rows, columns) = (rows, columns)
    elements.withUnsafeMutableBufferPointer { elements in
      WorkerPool.forEachChunk((rows + Self.chunk - 1) / Self.chunk) { chunk, _ in
        for row in chunk * Self.chunk..<min(rows, (chunk + 1) * Self.chunk) {
          body(
            row,
            UnsafeMutableBufferPointer(rebasing: elements[row * columns..<(row + 1) * columns]))
        }
      }
    }
  }
}
