internal import ConvolutionalNetworks

/// What a layer of Keras computes, put together from operations of the engine: the layers that it becomes.
///
/// Formulas are written as arithmetic and appended under the layer's name (`ModelImport.append`). One that stands in
/// several places is computed once.
final class Formula {
  enum Content {
    /// A value of the network.
    case value(String)
    /// Numbers from the file.
    case constant(Tensor)
    /// An operation on what other formulas compute.
    case operation(any LayerOperation, [Formula])
  }

  let content: Content
  /// The layer's name behind that of the layer of Keras; `nil` is the operation's.
  let label: String?

  private init(_ content: Content, label: String? = nil) {
    self.content = content
    self.label = label
  }

  /// A value of the network.
  convenience init(_ value: String) { self.init(.value(value)) }

  /// An array of numbers.
  convenience init(_ tensor: Tensor) { self.init(.constant(tensor)) }

  /// A number.
  convenience init(_ number: Float) { self.init(Tensor(shape: [1], elements: [number])) }

  /// An operation on what other formulas compute.
  convenience init(_ operation: any LayerOperation, _ operands: Formula...) {
    self.init(.operation(operation, operands))
  }

  /// An operation on any number of values.
  convenience init(_ operation: any LayerOperation, of operands: [Formula]) {
    self.init(.operation(operation, operands))
  }

  /// The same under a name that people may look for.
  func labelled(_ label: String) -> Formula { Formula(content, label: label) }

  /// The function of what this computes.
  func applying(_ function: ActivationFunction) -> Formula { Formula(Activation(function), self) }

  func applying(_ function: MathFunction) -> Formula { Formula(function, self) }

  func maximum(_ other: Formula) -> Formula { Formula(Arithmetic(.maximum), self, other) }

  func minimum(_ other: Formula) -> Formula { Formula(Arithmetic(.minimum), self, other) }

  static func + (left: Formula, right: Formula) -> Formula {
    Formula(Arithmetic(.add), left, right)
  }
  static func - (left: Formula, right: Formula) -> Formula {
    Formula(Arithmetic(.subtract), left, right)
  }
  static func * (left: Formula, right: Formula) -> Formula {
    Formula(Arithmetic(.multiply), left, right)
  }
  static func / (left: Formula, right: Formula) -> Formula {
    Formula(Arithmetic(.divide), left, right)
  }
  static func + (left: Formula, right: Float) -> Formula { left + Formula(right) }
  static func - (left: Formula, right: Float) -> Formula { left - Formula(right) }
  static func * (left: Formula, right: Float) -> Formula { left * Formula(right) }
}

extension Formula {
  /// Some positions along an axis.
  func slice(_ range: Range<Int>, axis: Int) -> Formula {
    Formula(
      Slice(
        starts: .constant([range.lowerBound]), ends: .constant([range.upperBound]),
        axes: .constant([axis])), self)
  }

  /// The same numbers in another order of axes.
  func transposed(_ order: [Int]) -> Formula { Formula(Transpose(order), self) }

  /// The same numbers in another shape: −1 is inferred, 0 keeps the extent.
  func reshaped(to shape: [Int]) -> Formula { Formula(Reshape(to: shape), self) }

  /// With axes of extent 1 at these positions of the result.
  func inserting(axes: [Int]) -> Formula { Formula(Unsqueeze(axes: axes), self) }

  /// A reduction along some axes.
  func reduced(_ operator: Reduction.Operator, axes: [Int], keepsAxes: Bool = true) -> Formula {
    Formula(Reduction(`operator`, axes: axes, keepsAxes: keepsAxes), self)
  }
}
