import FeatureVisualization

/// A loss and the memory of the tensors it looks at, which are handed to it by address.
package final class LossEvaluation {
  private let loss: any Loss
  private let memory: [RowTensor]
  private let parts: [TappedPart]

  package init(_ loss: any Loss, shapes: [[Int]], values: [[Float]]) {
    self.loss = loss
    memory = zip(shapes, values).map { RowTensor(shape: $0, elements: $1) }
    parts = memory.map(\.part)
  }

  /// The gradient of each tensor, as the last evaluation left it.
  package var gradients: [[Float]] { memory.map { Array($0.gradient) } }

  private var tensors: TappedTensors {
    @_lifetime(immortal) get {
      TappedTensors(unsafe: parts, at: Moment(iteration: 0, of: 1))
    }
  }

  /// The values for each picture.
  package func values() -> [Float] { loss.values(tensors) }

  /// Adds the gradients for scales to tensors full of `start`.
  package func differentiate(scales: [Float], addingTo start: Float = 0) {
    for tensor in memory { tensor.gradient.update(repeating: start) }
    var gradients = TappedGradients(unsafe: parts)
    loss.addGradients(of: tensors, scales: scales, to: &gradients)
  }

  /// The sum of the values of all pictures with one element moved.
  func sum(movingElement position: Int, of tensor: Int, by offset: Float) -> Double {
    let values = memory[tensor].values
    let element = values[position]
    defer { values[position] = element }
    values[position] = element + offset
    return self.values().reduce(0) { $0 + Double($1) }
  }
}
