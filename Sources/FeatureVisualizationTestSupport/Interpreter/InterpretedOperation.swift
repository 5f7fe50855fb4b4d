import ConvolutionalNetworks

/// An operation as the interpreter computes it: plain loops over `Double`, in the network's logical axis
/// order, written from the operation's definition and sharing nothing with the engine's kernels.
///
/// A new operation conforms in `Interpreter/Operations/`.
package protocol InterpretedOperation: LayerOperation {
  /// In which axis order the engine hands its outputs out.
  var presentation: Presentation { get }

  /// The simpler operations it amounts to, one after the other; an operation without fused parts is its own
  /// only stage.
  var stages: [any InterpretedOperation] { get }

  /// The outputs for these inputs.
  ///
  /// - Throws: `ShapeError` where the inputs break a rule of the operation.
  func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError) -> [DoubleTensor]

  /// The vector-Jacobian product: ∂objective/∂inputs from `gradients`, ∂objective/∂outputs.
  func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
}

extension InterpretedOperation {
  package var stages: [any InterpretedOperation] { [self] }
}

/// Where an operation is differentiated.
package struct OperationPoint {
  package let inputs: [DoubleTensor]
  package let outputs: [DoubleTensor]
  package let layout: TensorLayout
  /// How gradients pass activation functions.
  package let rule: GradientRule
}

/// In which axis order values of a channels-first network are handed in and out.
package enum Presentation: Sendable {
  /// As feature maps, `[N, H, W, C]`, if they have three axes or more.
  case featureMap
  /// As feature maps if an input with the same number of axes is one.
  case following
  /// As feature maps if the input is none.
  case featureMapOfOther
  /// In the network's own order.
  case logical
}
