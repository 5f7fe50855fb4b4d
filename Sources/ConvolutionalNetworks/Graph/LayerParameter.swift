/// Trained numbers of an operation.
public struct LayerParameter: Sendable {
  /// The name of the operation's property.
  public let name: String
  /// The numbers, in whatever order they lie.
  public let values: Tensor
  /// Whether the elements are known to stand for finite numbers, in a form of their own.
  let isEncoded: Bool

  /// Whether infinite numbers are sound, as those of a mask are that is added before a softmax.
  let mayBeInfinite: Bool

  /// The numbers of the property `name`.
  public init(_ name: String, _ values: Tensor) { self.init(name, values, isEncoded: false) }

  init(_ name: String, _ values: Tensor, isEncoded: Bool = false, mayBeInfinite: Bool = false) {
    (self.name, self.values) = (name, values)
    (self.isEncoded, self.mayBeInfinite) = (isEncoded, mayBeInfinite)
  }

  /// Those of `parameters` that there are.
  static func list(_ parameters: KeyValuePairs<String, Tensor?>) -> [LayerParameter] {
    parameters.compactMap { name, values in values.map { LayerParameter(name, $0) } }
  }

  /// Whether no element is NaN, or infinite where that is not sound.
  var isSound: Bool {
    if mayBeInfinite {
      return values.withUnsafeBufferPointer { elements in !elements.contains(where: \.isNaN) }
    }
    return isEncoded
      || values.withUnsafeBufferPointer { elements in
        // x · 0 is 0 for every finite x and NaN for the others, so that one sum tells.
        var sum: Float = 0
        for element in elements { sum += element * 0 }
        return sum == 0
      }
  }
}
