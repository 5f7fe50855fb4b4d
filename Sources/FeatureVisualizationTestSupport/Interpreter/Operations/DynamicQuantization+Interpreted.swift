import ConvolutionalNetworks

extension DynamicQuantization: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let x = inputs[0]
    var integers = DoubleTensor(shape: x.shape)
    let column = [x.shape[0]] + x.shape.dropFirst().map { _ in 1 }
    var (scales, zeroPoints) = (DoubleTensor(shape: column), DoubleTensor(shape: column))
    for (picture, range) in pictures(x).enumerated() {
      let (scale, zeroPoint) = Self.grid(x.elements[range])
      scales.elements[picture] = scale
      zeroPoints.elements[picture] = zeroPoint
      for i in range {
        let integer = (x.elements[i] / scale).rounded(.toNearestOrEven) + zeroPoint
        integers.elements[i] = min(max(integer, 0), 255) - zeroPoint
      }
    }
    return [integers, scales, zeroPoints]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let x = point.inputs[0]
    var result = gradients[0]
    for range in pictures(x) {
      let (scale, zeroPoint) = Self.grid(x.elements[range])
      for i in range {
        let integer = (x.elements[i] / scale).rounded(.toNearestOrEven) + zeroPoint
        result.elements[i] *= (0...255).contains(integer) ? 1 / scale : 0
      }
    }
    return [result]
  }

  /// Where the numbers of each picture are.
  private func pictures(_ x: DoubleTensor) -> [Range<Int>] {
    let width = x.count / max(x.shape[0], 1)
    return (0..<x.shape[0]).map { $0 * width..<($0 + 1) * width }
  }

  /// The scale and the zero point of a picture.
  private static func grid(_ picture: ArraySlice<Double>) -> (Double, Double) {
    let (low, high) = (min(picture.min() ?? 0, 0), max(picture.max() ?? 0, 0))
    let scale = high > low ? (high - low) / 255 : 1
    return (scale, (-low / scale).rounded(.toNearestOrEven))
  }
}
