import ConvolutionalNetworks

extension MatrixMultiplication: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    var output = DoubleTensor(shape: shapes[0])
    try forEachTerm(inputs) { product, left, right in
      output.elements[product] += inputs[0].elements[left] * inputs[1].elements[right]
    }
    return [output]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let (leftInput, rightInput) = (point.inputs[0], point.inputs[1])
    var left = DoubleTensor(shape: leftInput.shape)
    var right = DoubleTensor(shape: rightInput.shape)
    try forEachTerm(point.inputs) { product, l, r in
      left.elements[l] += gradients[0].elements[product] * rightInput.elements[r]
      right.elements[r] += gradients[0].elements[product] * leftInput.elements[l]
    }
    return [left, right]
  }

  /// Calls `body` with the offsets of the product and of the factors of each term of each sum.
  private func forEachTerm(
    _ inputs: [DoubleTensor], _ body: (_ product: Int, _ left: Int, _ right: Int) -> Void
  ) throws(ShapeError) {
    let extents = try Extents(left: inputs[0].shape, right: inputs[1].shape)
    let (rows, inner, columns) = (extents.rows, extents.inner, extents.columns)
    let lefts = Self.matrices(extents.leftBatch, in: extents.batch)
    let rights = Self.matrices(extents.rightBatch, in: extents.batch)
    for (matrix, (left, right)) in zip(lefts, rights).enumerated() {
      for i in 0..<rows {
        for j in 0..<columns {
          for k in 0..<inner {
            body(
              (matrix * rows + i) * columns + j, (left * rows + i) * inner + k,
              (right * inner + k) * columns + j)
          }
        }
      }
    }
  }

  /// The number of the factor that stands at each matrix of the product.
  private static func matrices(_ own: [Int], in batch: [Int]) -> [Int] {
    let numbers = (0..<own.reduce(1, *)).map(Double.init)
    return DoubleTensor(shape: own, elements: numbers).broadcastOffsets(to: batch)
  }
}
