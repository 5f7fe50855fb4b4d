/// The product of two values, matrix by matrix: `y[…, i, j] = Σ_k left[…, i, k] · right[…, k, j]`.
///
/// The last two logical axes are the matrices', the ones before broadcast (NumPy's rule): attention's
/// `Q · Kᵀ` and `A · V`. A value of one axis is a row on the left and a column on the right, and leaves no axis
/// behind. With a matrix of weights on the right, `Dense` is faster.
public struct MatrixMultiplication: LayerOperation {
  public init() {}

  public var kind: String { "MatrixMultiplication" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 2...2 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let product = try Extents(left: inputs[0], right: inputs[1])
    return [
      product.batch + (inputs[0].count > 1 ? [product.rows] : [])
        + (inputs[1].count > 1 ? [product.columns] : [])
    ]
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    outputs[0].reduce(1, *) * (inputs[0].last ?? 0)
  }

  /// The extents of a product: `rows × inner` matrices by `inner × columns` ones.
  package struct Extents: Sendable {
    package let rows: Int
    package let inner: Int
    package let columns: Int
    /// The extents before the matrices: of the left value, of the right one, and of the product.
    package let leftBatch: [Int]
    package let rightBatch: [Int]
    package let batch: [Int]

    package init(left: [Int], right: [Int]) throws(ShapeError) {
      guard let inner = left.last, let columns = right.last else {
        throw ShapeError("a single number is no matrix")
      }
      rows = left.count > 1 ? left[left.count - 2] : 1
      self.inner = inner
      self.columns = right.count > 1 ? columns : 1
      guard inner == (right.count > 1 ? right[right.count - 2] : columns) else {
        throw ShapeError("rows of \(inner) numbers by the columns of \(right)")
      }
      guard (left + right).allSatisfy({ $0 > 0 }) else { throw ShapeError("a product of nothing") }
      leftBatch = left.dropLast(2)
      rightBatch = right.dropLast(2)
      batch = try broadcastShape(leftBatch, rightBatch)
    }
  }
}
