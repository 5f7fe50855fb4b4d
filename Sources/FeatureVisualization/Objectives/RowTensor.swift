/// A number of rows, one for each picture, with the gradients that losses add to.
///
/// Memory is kept from step to step; it is freed with the last copy.
package final class RowTensor {
  /// The rows and what one of them is shaped like.
  let shape: [Int]
  package let values: UnsafeMutableBufferPointer<Float>
  package let gradient: UnsafeMutableBufferPointer<Float>
  /// The numbers of a row.
  let rowCount: Int

  /// Rows of one number, with gradients of 0.
  init(shape: [Int], repeating value: Float = 0) {
    self.shape = shape
    rowCount = shape.dropFirst().reduce(1, *)
    values = .allocate(capacity: shape.reduce(1, *))
    gradient = .allocate(capacity: values.count)
    values.initialize(repeating: value)
    gradient.initialize(repeating: 0)
  }

  deinit {
    values.deallocate()
    gradient.deallocate()
  }

  /// Rows of elements in row-major order, with gradients of 0.
  ///
  /// - Precondition: there are as many as the shape says.
  package convenience init(shape: [Int], elements: some Collection<Float>) {
    self.init(shape: shape)
    precondition(elements.count == values.count, "\(elements.count) elements of shape \(shape)")
    _ = values.update(fromContentsOf: elements)
  }

  /// What losses look at.
  package var part: TappedPart {
    TappedPart(shape: shape, values: UnsafeBufferPointer(values), gradient: gradient)
  }

  /// Calls `body` with the first number of a row and of its gradient.
  func withRow(
    _ row: Int,
    _ body: (_ values: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>) -> Void
  ) {
    guard let values = values.baseAddress, let gradient = gradient.baseAddress else { return }
    body(values + row * rowCount, gradient + row * rowCount)
  }
}
