/// A dense array of `Float` in row-major order, with value semantics.
///
/// Pictures and feature maps are `[N, H, W, C]`, channels last: the layout of picture files, in which a
/// 1×1 convolution is a plain matrix product. Copies share storage until one of them is written.
public struct Tensor: Sendable {
  /// The extent of each axis, outermost first. Empty for a scalar.
  public private(set) var shape: [Int]

  private(set) var storage: TensorStorage

  /// The number of elements: the product of `shape`.
  public var count: Int { storage.count }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// Creates a tensor with every element equal to `value`.
  public init(shape: [Int], repeating value: Float = 0) {
    self.init(uninitializedShape: shape)
    storage.elements.update(repeating: value, count: storage.count)
  }

  /// Creates a tensor from its elements in row-major order.
  ///
  /// - Precondition: `elements.count` is the product of `shape`.
  public init(shape: [Int], elements: some Collection<Float>) {
    self.init(uninitializedShape: shape)
    precondition(
      elements.count == storage.count,
      "a tensor of shape \(shape) has \(storage.count) elements, not \(elements.count)")
    _ = UnsafeMutableBufferPointer(start: storage.elements, count: storage.count)
      .update(fromContentsOf: elements)
  }

  /// Creates a tensor whose elements `initialize` writes, all of them.
  public init(
    shape: [Int], initializingWith initialize: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    self.init(uninitializedShape: shape)
    try initialize(UnsafeMutableBufferPointer(start: storage.elements, count: storage.count))
  }

  /// Creates a tensor whose elements are to be written, all of them; `nil` where there is no memory for them.
  ///
  /// For sizes that a file states: running out of memory is then an error of the file's reader.
  package init?(allocating shape: [Int]) {
    guard let storage = TensorStorage(allocating: shape.reduce(1, *)) else { return nil }
    self.init(shape: shape, storage: storage)
  }

  /// A tensor of elements that others hold too.
  init(shape: [Int], storage: TensorStorage) {
    (self.shape, self.storage) = (shape, storage)
  }

  private init(uninitializedShape shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "negative extent in \(shape)")
    self.shape = shape
    storage = TensorStorage(count: shape.reduce(1, *))
  }

  /// The elements in row-major order, copied.
  public var elements: [Float] { withUnsafeBufferPointer { Array($0) } }

  /// The element at `indices`, one per axis.
  ///
  /// - Complexity: O(1); writing copies the storage once when it is shared.
  public subscript(indices: Int...) -> Float {
    get { storage.elements[offset(of: indices)] }
    set {
      let offset = offset(of: indices)
      makeUnique()
      storage.elements[offset] = newValue
    }
  }

  /// The same elements under another shape of equal count; no copy is made.
  public func reshaped(to shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "cannot reshape \(self.shape) to \(shape)")
    var result = self
    result.shape = shape
    return result
  }

  /// Calls `body` with the elements in row-major order.
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: storage.elements, count: storage.count))
  }

  /// Calls `body` with the elements in row-major order, to be read and written.
  ///
  /// - Complexity: copies the storage once when it is shared.
  public mutating func withUnsafeMutableBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeUnique()
    return try body(UnsafeMutableBufferPointer(start: storage.elements, count: storage.count))
  }

  /// The address of the elements, valid as long as this tensor or an unwritten copy of it lives.
  ///
  /// Kernels keep the tensor beside the address, so that a step touches no reference count.
  package var unsafeElements: UnsafePointer<Float> { UnsafePointer(storage.elements) }

  mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage) {
      // What was made of other elements may be in use still.
      storage.forgetDerived()
    } else {
      storage = TensorStorage(copying: storage)
    }
  }

  private func offset(of indices: [Int]) -> Int {
    precondition(indices.count == shape.count, "\(indices.count) indices for shape \(shape)")
    var offset = 0
    for (index, extent) in zip(indices, shape) {
      precondition(index >= 0 && index < extent, "index \(indices) outside shape \(shape)")
      offset = offset * extent + index
    }
    return offset
  }
}

extension Tensor: Equatable {
  /// Whether shapes and elements are equal, as `Float` compares them (NaN differs from itself).
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape
      && left.withUnsafeBufferPointer { l in
        right.withUnsafeBufferPointer { r in l.elementsEqual(r) }
      }
  }
}
