/// The transformations drawn for one view of a picture, with the pictures between them; reused from step to step.
struct TransformationChain {
  private var transformations: [any PictureTransformation] = []
  /// The picture after each transformation but the last.
  private var stages: [[Float]] = []
  /// The same of another picture, which nothing is pulled back to.
  private var otherStages: [[Float]] = []
  /// Gradients on the way back, alternating.
  private var gradients: [[Float]] = [[], []]

  /// Draws anew, for pictures of `size` that end up as the network sees them.
  ///
  /// - Parameter fit: how they get there from the size that the modifiers leave.
  /// - Throws: `VisualizationError.brokenRule` for a transformation that breaks a rule.
  mutating func draw(
    _ modifiers: [any InputModifier], _ size: PictureSize, target: PictureSize, fit: CanvasFit,
    at moment: Moment, using generator: inout SeededGenerator
  ) throws(VisualizationError) {
    transformations.removeAll(keepingCapacity: true)
    var current = size
    for modifier in modifiers {
      guard
        let drawn = modifier.draw(for: current, seenAs: target, at: moment, using: &generator)
      else { continue }
      try drawn.validate(for: current, colors: target.channels)
      append(drawn)
      current = drawn.outputSize
    }
    if current.channels > target.channels {
      append(OpacityCollapse(current, over: .gray(0.5)))
      current = PictureSize(
        height: current.height, width: current.width, channels: target.channels)
    }
    if current != target { append(fit.transformation(from: current, to: target)) }
  }

  /// Writes a picture as the network sees it.
  mutating func apply(_ picture: Span<Float>, into result: inout MutableSpan<Float>) {
    Self.apply(transformations, &stages, picture, into: &result)
  }

  /// Writes another picture as the network sees it under the same draws.
  mutating func applyToOther(_ picture: Span<Float>, into result: inout MutableSpan<Float>) {
    Self.apply(transformations, &otherStages, picture, into: &result)
  }

  private static func apply(
    _ transformations: [any PictureTransformation], _ stages: inout [[Float]],
    _ picture: Span<Float>, into result: inout MutableSpan<Float>
  ) {
    guard let last = transformations.indices.last else {
      result.withUnsafeMutableBufferPointer { result in
        picture.withUnsafeBufferPointer { _ = result.update(fromContentsOf: $0) }
      }
      return
    }
    while stages.count < last { stages.append([]) }
    for index in 0..<last {
      var stage = exchange(&stages[index], with: [])
      resize(&stage, to: transformations[index].outputSize.count)
      var span = stage.mutableSpan
      if index == 0 {
        transformations[index].apply(picture, into: &span)
      } else {
        let previous = stages[index - 1]
        transformations[index].apply(previous.span, into: &span)
      }
      stages[index] = stage
    }
    if last == 0 {
      transformations[last].apply(picture, into: &result)
    } else {
      let previous = stages[last - 1]
      transformations[last].apply(previous.span, into: &result)
    }
  }

  /// Appends a transformation, or makes it part of the one before: nothing is sampled or copied in vain.
  private mutating func append(_ next: any PictureTransformation) {
    guard let last = transformations.indices.last else {
      transformations.append(next)
      return
    }
    if let next = next as? Rearrangement, let first = transformations[last] as? Rearrangement {
      transformations[last] = first.followed(by: next)
      return
    }
    guard let window = next as? Translation else {
      transformations.append(next)
      return
    }
    if let merged = (transformations[last] as? Translation)?.followed(by: window) {
      transformations[last] = merged
    } else if let merged = (transformations[last] as? Resampling)?.followed(by: window) {
      transformations[last] = merged
    } else if let merged = (transformations[last] as? Rearrangement)?.followed(by: window) {
      transformations[last] = merged
    } else {
      transformations.append(next)
    }
  }

  /// Adds the picture's gradient that the gradient of the transformed picture amounts to.
  ///
  /// - Parameter picture: the picture that was transformed.
  mutating func pullback(
    _ gradient: Span<Float>, at picture: Span<Float>, addingTo result: inout MutableSpan<Float>
  ) {
    guard let last = transformations.indices.last else {
      Elements.add(gradient, to: &result)
      return
    }
    for index in transformations.indices.reversed() {
      // The first hands its gradient on to the picture, the last has it from the network.
      let above = exchange(&gradients[(index + 1) % 2], with: [])
      var below = exchange(&gradients[index % 2], with: [])
      Self.resize(&below, to: index == 0 ? 0 : transformations[index - 1].outputSize.count)
      var span = below.mutableSpan
      span.update(repeating: 0)
      let from = index == last ? gradient : above.span
      if index == 0 {
        transformations[index].pullback(from, at: picture, addingTo: &result)
      } else {
        let input = stages[index - 1]
        transformations[index].pullback(from, at: input.span, addingTo: &span)
      }
      gradients[index % 2] = below
      gradients[(index + 1) % 2] = above
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
