import ConvolutionalNetworks

/// A dense array of `Double` in row-major order: what oracles compute in.
public struct DoubleTensor: Sendable, Equatable {
  /// The extent of each axis, outermost first. Empty for a scalar.
  public let shape: [Int]
  /// The elements in row-major order.
  public var elements: [Double] {
    // Without `oldValue`, whose mention would copy the elements at every change of one.
    didSet { precondition(elements.count == count, "a tensor keeps its number of elements") }
  }

  /// The number of elements: the product of `shape`.
  public let count: Int

  /// The number of axes.
  public var rank: Int { shape.count }

  /// Creates a tensor from its elements in row-major order.
  ///
  /// - Precondition: `elements.count` is the product of `shape`.
  public init(shape: [Int], elements: [Double]) {
    precondition(
      shape.allSatisfy { $0 >= 0 } && elements.count == shape.reduce(1, *),
      "\(elements.count) elements under shape \(shape)")
    self.shape = shape
    self.elements = elements
    count = elements.count
  }

  /// Creates a tensor with every element equal to `value`.
  public init(shape: [Int], repeating value: Double = 0) {
    self.init(shape: shape, elements: Array(repeating: value, count: shape.reduce(1, *)))
  }

  /// The same numbers; every `Float` is a `Double`.
  public init(_ tensor: Tensor) {
    shape = tensor.shape
    elements = tensor.withUnsafeBufferPointer { $0.map(Double.init) }
    count = tensor.count
  }

  /// The element at `indices`, one per axis.
  public subscript(indices: Int...) -> Double {
    get { elements[offset(of: indices)] }
    set { elements[offset(of: indices)] = newValue }
  }

  /// The same elements under another shape of equal count.
  public func reshaped(to shape: [Int]) -> DoubleTensor {
    DoubleTensor(shape: shape, elements: elements)
  }

  private func offset(of indices: [Int]) -> Int {
    precondition(
      indices.count == rank && zip(indices, shape).allSatisfy { $0 >= 0 && $0 < $1 },
      "index \(indices) outside shape \(shape)")
    return zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}

extension Tensor {
  /// The same numbers, rounded to `Float`.
  public init(_ tensor: DoubleTensor) {
    self.init(shape: tensor.shape, elements: tensor.elements.lazy.map { Float($0) })
  }
}
