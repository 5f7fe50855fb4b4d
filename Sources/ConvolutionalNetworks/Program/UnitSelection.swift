/// An operation of which some units can be computed without the others.
///
/// Units are the channels of a feature map, and the last axis of anything else.
protocol UnitSelecting: LayerOperation {
  /// The operation that computes `units`, ascending, alone; `nil` where they depend on other units of the input too.
  ///
  /// - Parameter shape: the logical shape of the input.
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
}

/// An operation whose units are sums over all units of its input, so that a selection ends there.
protocol UnitComputing: UnitSelecting {}

extension Dense: UnitComputing {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    guard shape.count == 2 else { return nil }
    return Dense(
      weights: matrix.selecting(units), bias: bias?.selectingRows(units),
      activation: activation)
  }
}

extension Convolution: UnitComputing {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    groups == 1 ? selecting(units) : nil
  }
}

extension Identity: UnitSelecting {}
extension MathFunction: UnitSelecting {}
extension Pooling: UnitSelecting {}
extension GlobalPooling: UnitSelecting {}

extension UnitSelecting {
  /// Each unit by itself, without numbers of its own.
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    self
  }
}

extension Activation: UnitSelecting {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    if case .parametricReLU(let slopes) = function, slopes.count > 1 { return nil }
    return function.coupledAxis == nil ? self : nil
  }
}

extension Quantization: UnitSelecting {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    grid.granularity == .tensor ? self : nil
  }
}

extension Dequantization: UnitSelecting {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    grid.granularity == .tensor ? self : nil
  }
}

extension BatchNormalization: UnitSelecting {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    BatchNormalization(
      scale: scale.selectingRows(units), shift: shift.selectingRows(units),
      mean: mean.selectingRows(units), variance: variance.selectingRows(units), epsilon: epsilon)
  }
}

extension Reduction: UnitSelecting {
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    guard shape.count >= 3, let reduced = try? reducedAxes(rank: shape.count),
      reduced.isSubset(of: layout.spatialAxes(rank: shape.count))
    else { return nil }
    return self
  }
}

extension Flatten: UnitSelecting {}
extension Reshape: UnitSelecting {}
extension Squeeze: UnitSelecting {}

extension UnitSelecting where Self: ViewOperation {
  /// The units of maps of one position, which stay as they are once the other axes have gone.
  func selecting(_ units: [Int], input shape: [Int], layout: TensorLayout) -> (any LayerOperation)?
  {
    let axis = shape.count == 2 ? 1 : layout.channelAxis(rank: shape.count)
    guard shape.count >= 2, let outputs = try? outputShapes(for: [shape], layout: layout),
      outputs[0] == [shape[0], shape[axis]], shape.reduce(1, *) == shape[0] * shape[axis]
    else { return nil }
    return Reshape(to: [shape[0], units.count])
  }
}

extension Tensor {
  /// Some entries of the first axis, in their order.
  func selectingRows(_ rows: [Int]) -> Tensor {
    let width = count / max(shape[0], 1)
    return Tensor(shape: [rows.count] + shape.dropFirst()) { target in
      withUnsafeBufferPointer { source in
        for (index, row) in rows.enumerated() {
          _ = target[index * width..<(index + 1) * width].update(
            fromContentsOf: source[row * width..<(row + 1) * width])
        }
      }
    }
  }
}
