extension Triangle: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let shape = operands[0].shape
    _ = try outputShapes(for: [shape], layout: .channelsFirst)
    let (height, width) = (shape[shape.count - 2], shape[shape.count - 1])
    let numbers = operands[0].numbers.enumerated().map { offset, number in
      let distance = offset % width - offset / width % height
      let isKept = part == .upper ? distance >= diagonal : distance <= diagonal
      return isKept ? number : 0
    }
    return [NumberArray(shape: shape, numbers: numbers)]
  }
}
