import FeatureVisualization

/// What an operation makes of the axes of what it reads.
struct AxisStep {
  /// With its shape arithmetic done.
  let operation: any LayerOperation
  let layout: TensorLayout
  let inputShapes: [[Int]]
  let inputs: [[AxisContent]]
  let outputShapes: [[Int]]

  /// What lies along the axes of each output.
  var outputs: [[AxisContent]] {
    guard let shape = outputShapes.first else { return [] }
    let nothing = outputShapes.map { $0.map { AxisContent.other($0) } }
    switch operation {
    case is Reshape, is Flatten, is Squeeze, is Unsqueeze:
      return [inputs[0].reshaped(from: inputShapes[0], to: shape)]
    case let transpose as Transpose:
      return [transpose.axes(rank: inputs[0].count).map { inputs[0][$0] }]
    case is Convolution, is TransposedConvolution, is Pooling, is GlobalPooling, is Resize,
      is DepthToSpace, is SpaceToDepth, is Pad:
      return [resampled(to: shape)]
    case let concatenation as Concatenation: return [joined(along: concatenation.axis, to: shape)]
    case let slice as Slice:
      guard let ranges = try? slice.ranges(for: inputShapes[0]) else { return nothing }
      return [zip(inputs[0], ranges).map { $0.taking($1.start, $1.count, step: $1.step) }]
    case let split as Split: return parts(of: split)
    case let gather as Gather: return [gathered(by: gather, to: shape)]
    case let reduction as Reduction:
      guard let reduced = try? reduction.reducedAxes(rank: inputs[0].count) else { return nothing }
      return [
        inputs[0].indices.compactMap { axis in
          reduced.contains(axis) ? (reduction.keepsAxes ? .other(1) : nil) : inputs[0][axis]
        }
      ]
    case is MatrixMultiplication: return [multiplied(to: shape)]
    case is Dense: return [broadcast(to: shape).dropLast() + [.other(shape.last ?? 1)]]
    default: return outputShapes.map { broadcast(to: $0) }
    }
  }

  /// What works on each position by itself: an axis as long as one of an input has what that has.
  private func broadcast(to shape: [Int]) -> [AxisContent] {
    shape.indices.map { axis in
      for (content, inputShape) in zip(inputs, inputShapes) {
        let own = axis + inputShape.count - shape.count
        guard content.indices.contains(own), inputShape[own] == shape[axis] else { continue }
        if content[own].isFollowed { return content[own] }
      }
      return .other(shape[axis])
    }
  }

  /// What makes a map of another size: rows stay rows.
  private func resampled(to shape: [Int]) -> [AxisContent] {
    let content = inputs[0]
    guard content.count == shape.count else { return shape.map { .other($0) } }
    return shape.indices.map { axis in
      if shape[axis] == inputShapes[0][axis] { return content[axis] }
      return content[axis].wholeDimension.map { .whole($0, shape[axis]) } ?? .other(shape[axis])
    }
  }

  private func joined(along axis: Int, to shape: [Int]) -> [AxisContent] {
    let axis = axis < 0 ? axis + shape.count : axis
    var result = broadcast(to: shape)
    guard result.indices.contains(axis) else { return result }
    let along = inputs.map { $0.indices.contains(axis) ? $0[axis] : .other(1) }
    guard let place = along.firstIndex(where: \.hasPositions),
      along.filter(\.hasPositions).count == 1
    else {
      result[axis] = .other(shape[axis])
      return result
    }
    var content = along[place]
    content.before += inputShapes[..<place].reduce(0) { $0 + $1[axis] }
    content.after += inputShapes[(place + 1)...].reduce(0) { $0 + $1[axis] }
    result[axis] = content
    return result
  }

  private func parts(of split: Split) -> [[AxisContent]] {
    let axis = split.axis < 0 ? split.axis + inputs[0].count : split.axis
    var start = 0
    return outputShapes.map { shape in
      var content = inputs[0]
      content[axis] = content[axis].taking(start, shape[axis], step: 1)
      start += shape[axis]
      return content
    }
  }

  private func gathered(by gather: Gather, to shape: [Int]) -> [AxisContent] {
    let axis = gather.axis < 0 ? gather.axis + inputs[0].count : gather.axis
    guard inputs[0].indices.contains(axis) else { return shape.map { .other($0) } }
    let taken = shape.count - inputs[0].count + 1
    guard taken >= 0 else { return shape.map { .other($0) } }
    return inputs[0][..<axis] + shape[axis..<axis + taken].map { .other($0) }
      + inputs[0][(axis + 1)...]
  }

  /// Rows of the left matrices, columns of the right ones.
  private func multiplied(to shape: [Int]) -> [AxisContent] {
    var result = broadcast(to: shape)
    guard inputs[0].count > 1, inputs[1].count > 1, shape.count > 1 else { return result }
    result[shape.count - 2] = inputs[0][inputs[0].count - 2]
    result[shape.count - 1] = inputs[1][inputs[1].count - 1]
    return result
  }
}

extension AxisContent {
  /// Every `step`-th of some cells of the axis.
  fileprivate func taking(_ start: Int, _ count: Int, step: Int) -> AxisContent {
    let positions = parts.reduce(1) { $0 * $1.extent }
    let extent = before + positions + after
    if step == 1, start == 0, count == extent { return self }
    if before + after > 0 {
      // Tokens in front or behind are left out, and all positions stay.
      guard step == 1, start <= before, start + count >= before + positions else {
        return .other(count)
      }
      var content = self
      content.before -= start
      content.after = (start + count) - (before + positions)
      return content
    }
    guard step > 0, let wholeDimension else { return .other(count) }
    return .whole(wholeDimension, count)
  }
}
