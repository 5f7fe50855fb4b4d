import ConvolutionalNetworks

extension Quantization: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let cells = try cells(inputs[0])
    return [
      DoubleTensor(
        shape: inputs[0].shape,
        elements: cells.map { cell in
          let clipped = min(max(cell.integer, Double(range.lowerBound)), Double(range.upperBound))
          return result == .integers ? clipped : (clipped - cell.zeroPoint) * cell.scale
        })
    ]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let cells = try cells(point.inputs[0])
    var result = gradients[0]
    for (index, cell) in cells.enumerated() {
      let isInside = (Double(range.lowerBound)...Double(range.upperBound)).contains(cell.integer)
      let slope = self.result == .integers ? 1 / cell.scale : 1
      result.elements[index] *= isInside ? slope : 0
    }
    return [result]
  }

  /// For each number the integer it is rounded to, before it is clipped, and what that stands for.
  private func cells(_ x: DoubleTensor) throws(ShapeError) -> [(
    integer: Double, scale: Double, zeroPoint: Double
  )] {
    let (scales, zeroPoints) = try grid.cells(x.shape)
    return x.elements.indices.map { index in
      let rounded = (x.elements[index] / scales[index]).rounded(.toNearestOrEven)
      return (rounded + zeroPoints[index], scales[index], zeroPoints[index])
    }
  }
}

extension Dequantization: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let (scales, zeroPoints) = try grid.cells(inputs[0].shape)
    let elements = inputs[0].elements.enumerated().map { ($1 - zeroPoints[$0]) * scales[$0] }
    return [DoubleTensor(shape: inputs[0].shape, elements: elements)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let (scales, _) = try grid.cells(point.inputs[0].shape)
    let elements = zip(gradients[0].elements, scales).map { $0 * $1 }
    return [DoubleTensor(shape: gradients[0].shape, elements: elements)]
  }
}

extension QuantizationGrid {
  /// The scale and the zero point of each number of a value.
  fileprivate func cells(_ shape: [Int]) throws(ShapeError) -> ([Double], [Double]) {
    let (scale, zeroPoint) = try broadcast(to: shape)
    let cells = [scale, zeroPoint].map { tensor in
      let numbers = DoubleTensor(tensor)
      return numbers.broadcastOffsets(to: shape).map { numbers.elements[$0] }
    }
    return (cells[0], cells[1])
  }
}
