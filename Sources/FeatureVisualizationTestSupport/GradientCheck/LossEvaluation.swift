import FeatureVisualization

/// A loss and the memory of the tensors it looks at, which are handed to it by address.
package final class LossEvaluation {
  private let loss: any Loss
  private let values: [UnsafeMutableBufferPointer<Float>]
  private let gradientMemory: [UnsafeMutableBufferPointer<Float>]
  private let tensors: [TappedTensor]

  package init(_ loss: any Loss, shapes: [[Int]], values: [[Float]]) {
    self.loss = loss
    self.values = values.map { elements in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: elements.count)
      _ = buffer.initialize(from: elements)
      return buffer
    }
    gradientMemory = values.map { elements in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: elements.count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    tensors = zip(shapes, zip(self.values, gradientMemory)).map { shape, memory in
      TappedTensor(
        shape: shape, values: UnsafeBufferPointer(memory.0), gradient: memory.1)
    }
  }

  deinit {
    for buffer in values + gradientMemory { buffer.deallocate() }
  }

  /// The gradient of each tensor, as the last evaluation left it.
  package var gradients: [[Float]] { gradientMemory.map { Array($0) } }

  /// The values for each picture, with gradients added to tensors full of `start`.
  package func evaluate(scale: Float, addingTo start: Float) -> [Float] {
    for buffer in gradientMemory { buffer.update(repeating: start) }
    return loss.evaluate(tensors, scale: scale)
  }

  /// The sum of the values of all pictures with one element moved.
  func sum(movingElement position: Int, of tensor: Int, by offset: Float) -> Double {
    let element = values[tensor][position]
    defer { values[tensor][position] = element }
    values[tensor][position] = element + offset
    return evaluate(scale: 1, addingTo: 0).reduce(0) { $0 + Double($1) }
  }
}
