import ConvolutionalNetworks

/// An operation that gives the same elements, in logical order, another shape.
package protocol RegroupingOperation: InterpretedOperation {}

extension RegroupingOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    return [inputs[0].reshaped(to: shapes[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    [gradients[0].reshaped(to: point.inputs[0].shape)]
  }
}

extension Reshape: RegroupingOperation {}
extension Flatten: RegroupingOperation {}
extension Squeeze: RegroupingOperation {}
extension Unsqueeze: RegroupingOperation {}
