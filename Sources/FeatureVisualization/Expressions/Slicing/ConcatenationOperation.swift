/// Tensors one after another along an axis.
struct ConcatenationOperation: TensorOperation {
  let axis: Int

  var name: String { "concatenation along axis \(axis)" }

  func couplesPictures(_ operands: [Bool]) -> Bool { operands.contains(true) && axis == 0 }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    guard let first = operands.first else { throw ExpressionError("there is nothing") }
    let position = try first.position(ofAxis: axis)
    guard first.pictures == nil || position > 0 else {
      throw ExpressionError(
        "axis 0 is that of the pictures, which have no others after them", operands)
    }
    var (shape, extent) = (first, 0)
    for operand in operands {
      var (own, other) = (first.extents, operand.extents)
      guard own.count == other.count, (first.pictures == nil) == (operand.pictures == nil) else {
        throw ExpressionError("they have different axes", operands)
      }
      extent += other[position]
      own[position] = 1
      other[position] = 1
      guard own == other else {
        throw ExpressionError("they differ along another axis than \(axis)", operands)
      }
    }
    shape.axes[position - (first.pictures == nil ? 0 : 1)] = extent
    return OperationPlan(
      shape: shape,
      kernel: ConcatenationKernel(
        outer: AxisLines(first, along: position).outer,
        widths: operands.map {
          let lines = AxisLines($0, along: position)
          return lines.extent * lines.inner
        }))
  }
}

struct ConcatenationKernel: TensorKernel {
  let outer: Int
  /// How many neighbouring elements of each operand come at a time.
  let widths: [Int]

  func compute(_ memory: KernelMemory) {
    var target = memory.result
    for before in 0..<outer {
      for (index, width) in widths.enumerated() {
        target.update(from: memory.operand(index) + before * width, count: width)
        target += width
      }
    }
  }

  func pullBack(_ memory: KernelMemory) {
    var source = memory.resultGradient
    for before in 0..<outer {
      for (index, width) in widths.enumerated() {
        if let gradient = memory.gradient(index) {
          let target = gradient + before * width
          for i in 0..<width { target[i] += source[i] }
        }
        source += width
      }
    }
  }
}
