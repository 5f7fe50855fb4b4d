/// A tensor's axes as losses and readers of results see them: pictures, positions, units.
package struct UnitAxes {
  /// The extent of the first axis.
  package let pictures: Int
  /// The product of the axes between.
  package let positions: Int
  /// The extent of the last axis, of two or more.
  package let units: Int

  package init(_ shape: [Int]) {
    pictures = shape.first ?? 1
    units = shape.count > 1 ? shape[shape.count - 1] : 1
    positions = shape.dropFirst().dropLast().reduce(1, *)
  }
}

extension Span where Element == Float {
  /// The mean of a unit over the positions of each picture.
  package func means(ofUnit unit: Int, _ axes: UnitAxes) -> [Float] {
    axes.check(unit)
    return (0..<axes.pictures).map { picture in
      var sum = 0.0
      for position in picture * axes.positions..<(picture + 1) * axes.positions {
        sum += Double(self[position * axes.units + unit])
      }
      return Float(sum / Double(axes.positions))
    }
  }

  /// A unit's number at each position of each picture, in an axis of one unit.
  package func map(ofUnit unit: Int, shape: [Int]) -> Tensor {
    let axes = UnitAxes(shape)
    axes.check(unit)
    return Tensor(
      shape: shape.count > 1 ? shape.dropLast() + [1] : shape,
      elements: (0..<axes.pictures * axes.positions).map { self[$0 * axes.units + unit] })
  }

  /// `Aᵀ A` of each picture's matrix A of positions by units, one after another.
  package func gramMatrices(_ axes: UnitAxes) -> Tensor {
    let (positions, units) = (axes.positions, axes.units)
    var result = Tensor(shape: [axes.pictures, units, units])
    result.withUnsafeMutableBufferPointer { result in
      withUnsafeBufferPointer { elements in
        guard let start = elements.baseAddress, let target = result.baseAddress else { return }
        for picture in 0..<axes.pictures {
          let matrix = start + picture * positions * units
          MatrixProduct.compute(
            rows: units, columns: units, inner: positions, .transposed(matrix, step: units),
            .plain(matrix, step: units), into: target + picture * units * units, step: units)
        }
      }
    }
    return result
  }
}

extension UnitAxes {
  fileprivate func check(_ unit: Int) {
    precondition((0..<units).contains(unit), "no unit \(unit) of \(units)")
  }
}
