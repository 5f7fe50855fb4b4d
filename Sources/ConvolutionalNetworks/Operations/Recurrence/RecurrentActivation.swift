/// An activation within a recurrent layer: `outputScale · f(inputScale · x) + offset`.
public struct RecurrentActivation: Sendable, Equatable {
  /// f, of each number alone.
  public let function: ActivationFunction
  /// What x is multiplied by.
  public let inputScale: Float
  /// What f is multiplied by.
  public let outputScale: Float
  /// Added to the result.
  public let offset: Float

  /// An activation; scales are 1 and the offset 0 unless given.
  public init(
    _ function: ActivationFunction, inputScale: Float = 1, outputScale: Float = 1,
    offset: Float = 0
  ) {
    self.function = function
    self.inputScale = inputScale
    self.outputScale = outputScale
    self.offset = offset
  }

  /// The rule that it breaks, in words; `nil` where it is sound.
  var fault: String? {
    if function.coupledAxis != nil || !function.parameters.isEmpty {
      return "\(Activation(function).kind) is no activation of a recurrent layer"
    }
    guard [inputScale, outputScale, offset].allSatisfy(\.isFinite) else {
      return "the scales of an activation are not finite"
    }
    return function.fault
  }
}
