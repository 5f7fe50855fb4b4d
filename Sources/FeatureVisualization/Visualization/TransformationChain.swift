/// The transformations drawn for one picture, with the pictures between them; reused from step to step.
struct TransformationChain {
  private var transformations: [any PictureTransformation] = []
  /// The picture after each transformation.
  private var stages: [[Float]] = []
  /// Gradients on the way back, alternating.
  private var gradients: [[Float]] = [[], []]

  /// Draws anew and transforms `picture`, which ends up `target` in size, cropped or padded if need be.
  mutating func apply(
    _ modifiers: [any InputModifier], to picture: Span<Float>, _ size: PictureSize,
    target: PictureSize, using generator: inout SeededGenerator,
    into result: inout MutableSpan<Float>
  ) {
    transformations.removeAll(keepingCapacity: true)
    var current = size
    for modifier in modifiers {
      guard let drawn = modifier.draw(for: current, using: &generator) else { continue }
      transformations.append(drawn)
      current = drawn.outputSize
    }
    if current != target {
      transformations.append(
        Translation.centered(current, height: target.height, width: target.width))
    }
    while stages.count < transformations.count { stages.append([]) }
    for (index, transformation) in transformations.enumerated() {
      var stage = stages[index]
      stages[index] = []
      Self.resize(&stage, to: transformation.outputSize.count)
      var span = stage.mutableSpan
      if index == 0 {
        transformation.apply(picture, into: &span)
      } else {
        let previous = stages[index - 1]
        transformation.apply(previous.span, into: &span)
      }
      stages[index] = stage
    }
    if let last = transformations.indices.last {
      for i in result.indices { result[i] = stages[last][i] }
    } else {
      for i in result.indices { result[i] = picture[i] }
    }
  }

  /// Adds to the picture's gradient what the gradient of the transformed picture amounts to.
  mutating func pullback(
    _ gradient: Span<Float>, addingTo result: inout MutableSpan<Float>
  ) {
    guard !transformations.isEmpty else {
      for i in result.indices { result[i] += gradient[i] }
      return
    }
    for index in transformations.indices.reversed() {
      let inputCount = index == 0 ? 0 : transformations[index - 1].outputSize.count
      var below = gradients[index % 2]
      gradients[index % 2] = []
      Self.resize(&below, to: inputCount)
      for i in below.indices { below[i] = 0 }
      var span = below.mutableSpan
      let above = gradients[(index + 1) % 2]
      let isLast = index == transformations.count - 1
      switch (isLast, index == 0) {
      case (true, true): transformations[index].pullback(gradient, addingTo: &result)
      case (true, false): transformations[index].pullback(gradient, addingTo: &span)
      case (false, true):
        transformations[index].pullback(above.span, addingTo: &result)
      case (false, false):
        transformations[index].pullback(above.span, addingTo: &span)
      }
      gradients[index % 2] = below
    }
  }

  private static func resize(_ array: inout [Float], to count: Int) {
    if array.count > count {
      array.removeLast(array.count - count)
    } else if array.count < count {
      array.append(contentsOf: repeatElement(0, count: count - array.count))
    }
  }
}
