/// A batch and its pictures: the first axis.
extension Tensor {
  /// The number of pictures: the extent of the first axis.
  public var pictureCount: Int { shape.first ?? 1 }

  /// The elements of one picture.
  public var countPerPicture: Int { shape.dropFirst().reduce(1, *) }

  /// One picture of the batch, `[1, …]`.
  ///
  /// - Precondition: there is a picture of this number.
  public func picture(_ index: Int) -> Tensor {
    let elements = self[picture: index]
    return Tensor(shape: [1] + shape.dropFirst()) { target in
      elements.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
    }
  }

  /// One picture's elements in row-major order, lent: they stay the tensor's.
  ///
  /// - Precondition: there is a picture of this number.
  public subscript(picture index: Int) -> Span<Float> {
    @_lifetime(borrow self) get {
      precondition((0..<pictureCount).contains(index), "no picture \(index) of \(pictureCount)")
      let count = countPerPicture
      return _overrideLifetime(
        span.extracting(index * count..<(index + 1) * count), borrowing: self)
    }
  }

  /// The results of `body` for each picture's elements in turn.
  ///
  ///     let classes = scores.mapPictures { $0.argmax() }
  public func mapPictures<Result, Failure: Error>(
    _ body: (_ values: Span<Float>) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var results: [Result] = []
    for index in 0..<pictureCount { results.append(try body(self[picture: index])) }
    return results
  }

  /// All pictures of several batches, one batch after another, `[N₁ + N₂ + …, …]`.
  ///
  /// - Throws: `VisualizationError.invalidOperands` where there are none, or pictures of several shapes.
  public init(stacking batches: [Tensor]) throws(VisualizationError) {
    let shapes = batches.map(\.shape)
    guard let first = shapes.first else {
      throw .invalidOperands(
        operation: "stacking", shapes: [], reason: "there must be a picture at least")
    }
    guard shapes.allSatisfy({ !$0.isEmpty && $0.dropFirst() == first.dropFirst() }) else {
      throw .invalidOperands(
        operation: "stacking", shapes: shapes,
        reason: "they must have the same extents behind the first axis")
    }
    let count = shapes.reduce(0) { $0 + $1[0] }
    self.init(shape: [count] + first.dropFirst()) { target in
      var rest = target[...]
      for batch in batches {
        batch.withUnsafeBufferPointer { elements in
          rest = rest[rest.update(fromContentsOf: elements)...]
        }
      }
    }
  }
}
