import FeatureVisualization

/// A loss and the memory of the tensors it looks at, which are handed to it by address.
package final class LossEvaluation {
  private let loss: any Loss
  private let elements: [UnsafeMutableBufferPointer<Float>]
  private let gradientMemory: [UnsafeMutableBufferPointer<Float>]
  private let parts: [TappedPart]

  package init(_ loss: any Loss, shapes: [[Int]], values: [[Float]]) {
    self.loss = loss
    elements = values.map { elements in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: elements.count)
      _ = buffer.initialize(from: elements)
      return buffer
    }
    gradientMemory = values.map { elements in
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: elements.count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    parts = zip(shapes, zip(elements, gradientMemory)).map { shape, memory in
      TappedPart(
        shape: shape, values: UnsafeBufferPointer(memory.0), gradient: memory.1)
    }
  }

  deinit {
    for buffer in elements + gradientMemory { buffer.deallocate() }
  }

  /// The gradient of each tensor, as the last evaluation left it.
  package var gradients: [[Float]] { gradientMemory.map { Array($0) } }

  private var tensors: TappedTensors {
    @_lifetime(immortal) get {
      TappedTensors(unsafe: parts, at: Moment(iteration: 0, of: 1))
    }
  }

  /// The values for each picture.
  package func values() -> [Float] { loss.values(tensors) }

  /// Adds the gradients for scales to tensors full of `start`.
  package func differentiate(scales: [Float], addingTo start: Float = 0) {
    for buffer in gradientMemory { buffer.update(repeating: start) }
    var gradients = TappedGradients(unsafe: parts)
    loss.addGradients(of: tensors, scales: scales, to: &gradients)
  }

  /// The sum of the values of all pictures with one element moved.
  func sum(movingElement position: Int, of tensor: Int, by offset: Float) -> Double {
    let element = elements[tensor][position]
    defer { elements[tensor][position] = element }
    elements[tensor][position] = element + offset
    return values().reduce(0) { $0 + Double($1) }
  }
}
