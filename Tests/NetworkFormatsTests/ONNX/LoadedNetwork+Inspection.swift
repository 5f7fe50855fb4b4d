import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

extension LoadedNetwork {
  /// The operation of a layer, which must be of the expected type.
  func operation<Operation: LayerOperation>(
    _ layer: LayerID = "node", as type: Operation.Type = Operation.self
  ) throws -> Operation {
    try #require(try network.layer(layer).operation as? Operation)
  }

  /// The function of a layer that is an activation.
  func function(_ layer: LayerID = "node") throws -> ActivationFunction {
    try operation(layer, as: Activation.self).function
  }

  /// The logical shape of the output `y`, or of another value, for an input `x` of this logical shape.
  func shape(of value: String = "y", for x: [Int]) throws -> [Int]? {
    try network.inferShapes(["x": x]).shapes[value]
  }

  /// The value of an output that is known without running the network.
  func constantOutput(_ name: String = "y") throws -> Tensor {
    try operation(.name(name), as: Constant.self).value
  }
}
