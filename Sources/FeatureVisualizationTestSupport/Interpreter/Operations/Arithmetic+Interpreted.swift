import ConvolutionalNetworks
import Foundation

extension Arithmetic: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = try broadcastShape(inputs[0].shape, inputs[1].shape)
    let elements = operands(inputs, shape).map { value($0.left, $0.right) }
    return [DoubleTensor(shape: shape, elements: elements)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let shape = point.outputs[0].shape
    var left = DoubleTensor(shape: point.inputs[0].shape)
    var right = DoubleTensor(shape: point.inputs[1].shape)
    // What an operand gives to several elements, it gets back from all of them.
    let leftOffsets = left.broadcastOffsets(to: shape)
    let rightOffsets = right.broadcastOffsets(to: shape)
    for (i, operands) in operands(point.inputs, shape).enumerated() {
      let slopes = slopes(operands.left, operands.right)
      left.elements[leftOffsets[i]] += gradients[0].elements[i] * slopes.left
      right.elements[rightOffsets[i]] += gradients[0].elements[i] * slopes.right
    }
    return [left, right]
  }

  private func operands(_ inputs: [DoubleTensor], _ shape: [Int]) -> [(left: Double, right: Double)]
  {
    zip(inputs[0].broadcastOffsets(to: shape), inputs[1].broadcastOffsets(to: shape)).map {
      (inputs[0].elements[$0], inputs[1].elements[$1])
    }
  }

  private func value(_ left: Double, _ right: Double) -> Double {
    switch `operator` {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .maximum: left >= right ? left : right
    case .minimum: left <= right ? left : right
    case .power: pow(left, right)
    case .remainder: fmod(left, right)
    case .modulo: left - right * (left / right).rounded(.down)
    }
  }

  private func slopes(_ left: Double, _ right: Double) -> (left: Double, right: Double) {
    switch `operator` {
    case .add: (1, 1)
    case .subtract: (1, -1)
    case .multiply: (right, left)
    case .divide: (1 / right, -left / (right * right))
    case .maximum: left >= right ? (1, 0) : (0, 1)
    case .minimum: left <= right ? (1, 0) : (0, 1)
    case .remainder: (1, -(left / right).rounded(.towardZero))
    case .modulo: (1, -(left / right).rounded(.down))
    case .power:
      (
        right == 0 ? 0 : right * pow(left, right - 1),
        left == 0 ? 0 : pow(left, right) * log(left)
      )
    }
  }
}
