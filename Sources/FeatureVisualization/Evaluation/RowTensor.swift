/// A number of rows, one for each picture, with the gradients that losses add to.
///
/// Memory is kept from step to step; it is freed with the last copy.
final class RowTensor {
  /// The rows and what one of them is shaped like.
  let shape: [Int]
  let values: UnsafeMutableBufferPointer<Float>
  let gradient: UnsafeMutableBufferPointer<Float>
  /// The numbers of a row.
  let rowCount: Int

  init(shape: [Int]) {
    self.shape = shape
    rowCount = shape.dropFirst().reduce(1, *)
    values = .allocate(capacity: shape.reduce(1, *))
    gradient = .allocate(capacity: values.count)
    values.initialize(repeating: 0)
    gradient.initialize(repeating: 0)
  }

  deinit {
    values.deallocate()
    gradient.deallocate()
  }

  /// What losses look at.
  var part: TappedPart {
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
