/// An activation function as a layer of its own.
public struct Activation: LayerOperation {
  /// The function applied.
  public let function: ActivationFunction

  public init(_ function: ActivationFunction) { self.function = function }

  public var kind: String {
    switch function {
    case .linear: "Linear"
    case .relu: "ReLU"
    case .clip(0, 6): "ReLU6"
    case .clip: "Clip"
    case .leakyReLU: "LeakyReLU"
    case .parametricReLU: "PReLU"
    case .elu: "ELU"
    case .selu: "SELU"
    case .gelu: "GELU"
    case .celu: "CELU"
    case .thresholdedReLU: "ThresholdedReLU"
    case .silu: "SiLU"
    case .swish: "Swish"
    case .mish: "Mish"
    case .hardSwish: "HardSwish"
    case .hardSigmoid: "HardSigmoid"
    case .sigmoid: "Sigmoid"
    case .tanh: "Tanh"
    case .softsign: "Softsign"
    case .softplus: "Softplus"
    case .softmax: "Softmax"
    case .logSoftmax: "LogSoftmax"
    }
  }

  public var parameters: [LayerParameter] { function.parameters }
  public var fault: String? { function.fault }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let rank = inputs[0].count
    if let axis = function.coupledAxis, !(-rank..<rank).contains(axis) {
      throw ShapeError("axis \(axis) of an input of \(rank) axes")
    }
    if case .parametricReLU(let slopes) = function {
      guard try broadcastShape(inputs[0], slopes.shape) == inputs[0] else {
        throw ShapeError("slopes of shape \(slopes.shape) do not broadcast to the input")
      }
    }
    return inputs
  }
}
