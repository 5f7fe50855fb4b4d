/// The product of two matrices for each picture, either of which may be read transposed.
struct MatrixProductOperation: TensorOperation {
  let transposesLeft, transposesRight: Bool

  var name: String { "matrix product" }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let (left, right) = (operands[0], operands[1])
    guard left.axes.count == 2, right.axes.count == 2 else {
      throw ExpressionError("a picture's factors are matrices, of two axes", operands)
    }
    let (rows, inner) = Self.extents(left, transposesLeft)
    let (otherInner, columns) = Self.extents(right, transposesRight)
    guard inner == otherInner else {
      throw ExpressionError(
        "\(inner) columns of the left do not go with \(otherInner) rows of the right"
          + (transposesLeft || transposesRight ? ", as transposed" : ""), operands)
    }
    return OperationPlan(
      shape: ExpressionShape(pictures: left.pictures ?? right.pictures, axes: [rows, columns]),
      kernel: MatrixProductKernel(
        pictureCount: left.pictures ?? right.pictures ?? 1,
        left: .init(left, transposesLeft), right: .init(right, transposesRight),
        rows: rows, inner: inner, columns: columns))
  }

  private static func extents(_ shape: ExpressionShape, _ isTransposed: Bool) -> (Int, Int) {
    isTransposed ? (shape.axes[1], shape.axes[0]) : (shape.axes[0], shape.axes[1])
  }
}

struct MatrixProductKernel: TensorKernel {
  /// How a factor lies: the distance between pictures, 0 where all have the same, and between rows.
  struct Layout {
    let distance, step: Int
    let isTransposed: Bool

    init(_ shape: ExpressionShape, _ isTransposed: Bool) {
      distance = shape.pictures == nil ? 0 : shape.axes[0] * shape.axes[1]
      step = shape.axes[1]
      self.isTransposed = isTransposed
    }

    /// A picture's factor as the product reads it, or the other way round.
    func factor(_ start: UnsafePointer<Float>, _ picture: Int, turned: Bool = false)
      -> MatrixProduct.Factor
    {
      isTransposed == turned
        ? .plain(start + picture * distance, step: step)
        : .transposed(start + picture * distance, step: step)
    }
  }

  let pictureCount: Int
  let left, right: Layout
  let rows, inner, columns: Int

  func compute(_ memory: KernelMemory) {
    let (a, b, c) = (memory.operand(0), memory.operand(1), memory.result)
    for picture in 0..<pictureCount {
      multiply(
        rows, inner, columns, left.factor(a, picture), right.factor(b, picture),
        into: c + picture * rows * columns, step: columns, accumulating: false)
    }
  }

  func pullBack(_ memory: KernelMemory) {
    let (a, b) = (memory.operand(0), memory.operand(1))
    for picture in 0..<pictureCount {
      let start = memory.resultGradient + picture * rows * columns
      let g = MatrixProduct.Factor.plain(start, step: columns)
      let turned = MatrixProduct.Factor.transposed(start, step: columns)
      if let gradient = memory.gradient(0) {
        // ∂/∂A = G Bᵀ, or its transpose B Gᵀ where A is read transposed.
        let target = gradient + picture * left.distance
        if left.isTransposed {
          multiply(
            inner, columns, rows, right.factor(b, picture), turned, into: target,
            step: left.step, accumulating: true)
        } else {
          multiply(
            rows, columns, inner, g, right.factor(b, picture, turned: true), into: target,
            step: left.step, accumulating: true)
        }
      }
      if let gradient = memory.gradient(1) {
        // ∂/∂B = Aᵀ G, or its transpose Gᵀ A where B is read transposed.
        let target = gradient + picture * right.distance
        if right.isTransposed {
          multiply(
            columns, rows, inner, turned, left.factor(a, picture), into: target,
            step: right.step, accumulating: true)
        } else {
          multiply(
            inner, rows, columns, left.factor(a, picture, turned: true), g, into: target,
            step: right.step, accumulating: true)
        }
      }
    }
  }

  /// A picture's product, rows shared among threads in parts that shapes alone decide.
  private func multiply(
    _ rows: Int, _ inner: Int, _ columns: Int, _ a: MatrixProduct.Factor,
    _ b: MatrixProduct.Factor, into c: UnsafeMutablePointer<Float>, step: Int, accumulating: Bool
  ) {
    Stretch.forEach(of: rows, by: 128) { part in
      let first = part.lowerBound
      let factor =
        a.isTransposed
        ? MatrixProduct.Factor.transposed(a.start + first, step: a.step)
        : .plain(a.start + first * a.step, step: a.step)
      MatrixProduct.compute(
        rows: part.count, columns: columns, inner: inner, factor, b, into: c + first * step,
        step: step, accumulating: accumulating)
    }
  }
}
