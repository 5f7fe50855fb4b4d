/// What a loss looks at, in the order of its `subjects`.
///
/// It is lent for the call that it is handed to: the compiler lets nobody keep it.
public struct TappedTensors: ~Escapable {
  /// Where the run stands.
  public let moment: Moment
  let parts: [TappedPart]

  /// - Parameter parts: memory that outlives the call that the tensors are handed to.
  @_lifetime(immortal)
  package init(unsafe parts: [TappedPart], at moment: Moment) {
    self.parts = parts
    self.moment = moment
  }

  /// The number of subjects.
  public var count: Int { parts.count }

  /// The tensor of a subject.
  ///
  /// - Precondition: there is a subject of this number.
  public subscript(subject: Int) -> TappedTensor {
    @_lifetime(copy self) get {
      let part = parts[subject]
      return _overrideLifetime(
        TappedTensor(shape: part.shape, values: part.values.span), copying: self)
    }
  }
}

/// A tensor that a loss looks at.
public struct TappedTensor: ~Escapable {
  /// `[N, H, W, C]` for feature maps and the picture, `[N, units]` for dense layers.
  public let shape: [Int]
  /// The elements of all pictures, in row-major order.
  public let values: Span<Float>

  /// The tensor of elements in row-major order.
  ///
  /// - Precondition: there are as many as the shape says.
  @_lifetime(copy values)
  public init(shape: [Int], values: Span<Float>) {
    precondition(shape.reduce(1, *) == values.count, "\(values.count) elements of shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// The number of pictures.
  public var pictureCount: Int { shape.first ?? 1 }

  /// The elements of one picture's part.
  public var countPerPicture: Int { shape.dropFirst().reduce(1, *) }

  /// The number of units: channels of a feature map, else the extent of the last axis.
  public var unitCount: Int { shape.last ?? 1 }

  /// One picture's elements, in row-major order.
  ///
  /// - Precondition: there is a picture of this number.
  public subscript(picture picture: Int) -> Span<Float> {
    @_lifetime(copy self) get {
      let count = countPerPicture
      return values.extracting(picture * count..<(picture + 1) * count)
    }
  }
}

extension TappedTensor {
  /// The results of `body` for each picture's elements in turn.
  public func mapPictures(_ body: (_ values: Span<Float>) -> Float) -> [Float] {
    (0..<pictureCount).map { body(self[picture: $0]) }
  }
}

/// The gradients that a loss adds to, a tensor for each of its `subjects`.
public struct TappedGradients: ~Copyable, ~Escapable {
  let parts: [TappedPart]

  /// - Parameter parts: memory that outlives the call that the gradients are handed to.
  @_lifetime(immortal)
  package init(unsafe parts: [TappedPart]) { self.parts = parts }

  /// Whether anybody wants the gradient of a subject: of what the pictures do not change, nobody does.
  public func isWanted(_ subject: Int) -> Bool { !parts[subject].gradient.isEmpty }

  /// The gradient of one picture's elements of a subject, to add to; empty where nobody wants it.
  ///
  /// - Precondition: there are a subject and a picture of these numbers.
  public subscript(subject: Int, picture picture: Int) -> MutableSpan<Float> {
    @_lifetime(&self) mutating get {
      let part = parts[subject]
      let count = part.gradient.isEmpty ? 0 : part.countPerPicture
      let range = picture * count..<(picture + 1) * count
      let span = UnsafeMutableBufferPointer(rebasing: part.gradient[range]).mutableSpan
      return _overrideLifetime(span, mutating: &self)
    }
  }
}

/// The memory of a tensor that losses look at, and of its gradient.
package struct TappedPart {
  package let shape: [Int]
  package let values: UnsafeBufferPointer<Float>
  /// Empty where nothing that is optimised reaches the tensor.
  package let gradient: UnsafeMutableBufferPointer<Float>

  package init(
    shape: [Int], values: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>
  ) {
    self.shape = shape
    self.values = values
    self.gradient = gradient
  }

  var countPerPicture: Int { shape.dropFirst().reduce(1, *) }
}
