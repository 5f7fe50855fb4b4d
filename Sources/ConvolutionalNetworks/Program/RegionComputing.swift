/// An operation of which a part of the output can be computed from parts of the inputs.
protocol RegionComputing: LayerOperation {
  /// The operation that computes `region` of the output alone, and what it reads for that; `nil` where that is
  /// everything, or another operation could not do it.
  ///
  /// - Parameter shapes: the logical shapes of the whole inputs.
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
}

/// An operation on parts of what another reads, with a part of its result.
struct RegionComputation {
  let operation: any LayerOperation
  /// The part that is read of each input.
  let inputs: [ValueRegion]
}

extension Identity: RegionComputing {}
extension MathFunction: RegionComputing {}
extension Arithmetic: RegionComputing {}
extension Where: RegionComputing {}

extension RegionComputing {
  /// Each position by itself, axes of extent 1 broadcast.
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    RegionComputation(operation: self, inputs: shapes.map(region.broadcast))
  }

  /// The same operation, for one that mixes what lies along some axes of its only input, and treats each position of
  /// the others by itself and, as far as the part goes, with the same parameters.
  fileprivate func computing(
    _ region: ValueRegion, whole axes: Set<Int>, parameters: [Tensor?] = [], input shape: [Int]
  ) -> RegionComputation? {
    var read = region
    for axis in axes { read.axes[axis] = 0..<shape[axis] }
    guard read == region else { return nil }
    let varies = parameters.contains { parameter in
      guard let parameter else { return false }
      let lead = shape.count - parameter.rank
      return parameter.shape.indices.contains { axis in
        parameter.shape[axis] > 1 && region.axes[axis + lead].count < shape[axis + lead]
      }
    }
    return varies ? nil : RegionComputation(operation: self, inputs: [read])
  }
}

extension RegionComputing {
  /// Each position by itself, of an operation on quantized numbers.
  fileprivate func computing(_ region: ValueRegion, grid: QuantizationGrid, input shape: [Int])
    -> RegionComputation?
  {
    switch grid.granularity {
    case .tensor: RegionComputation(operation: self, inputs: [region])
    case .axis(let axis):
      // The scales are those of the whole axis.
      (try? normalizedAxis(axis, rank: shape.count)).flatMap {
        computing(region, whole: [$0], input: shape)
      }
    case .blocks: nil
    }
  }
}

extension ValueRegion {
  /// The part of an operand of shape `shape` that is spread out to this part of the result.
  fileprivate func broadcast(_ shape: [Int]) -> ValueRegion {
    ValueRegion(
      zip(shape, axes.suffix(shape.count)).map { extent, range in extent == 1 ? 0..<1 : range })
  }
}

extension Activation: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    var slopes: Tensor?
    if case .parametricReLU(let tensor) = function { slopes = tensor }
    let coupled = function.coupledAxis.flatMap { try? normalizedAxis($0, rank: shapes[0].count) }
    return computing(
      region, whole: coupled.map { [$0] } ?? [], parameters: [slopes], input: shapes[0])
  }
}

extension BatchNormalization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    // Its numbers are those of all channels.
    computing(region, whole: [layout.channelAxis(rank: shapes[0].count)], input: shapes[0])
  }
}

extension Quantization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    computing(region, grid: grid, input: shapes[0])
  }
}

extension Dequantization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    computing(region, grid: grid, input: shapes[0])
  }
}

extension LocalResponseNormalization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    computing(region, whole: [layout.channelAxis(rank: shapes[0].count)], input: shapes[0])
  }
}

extension LayerNormalization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let normalized = try? normalizedAxes(rank: shapes[0].count) else { return nil }
    return computing(
      region, whole: normalized, parameters: [scale, shift], input: shapes[0])
  }
}

extension RMSNormalization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let normalized = try? normalizedAxes(rank: shapes[0].count) else { return nil }
    return computing(region, whole: normalized, parameters: [scale], input: shapes[0])
  }
}

extension LpNormalization: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let axis = try? normalizedAxis(axis, rank: shapes[0].count) else { return nil }
    return computing(region, whole: [axis], input: shapes[0])
  }
}

extension Sparsemax: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let axis = try? normalizedAxis(axis, rank: shapes[0].count) else { return nil }
    return computing(region, whole: [axis], input: shapes[0])
  }
}

extension Dense: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    let last = region.axes.count - 1
    guard region.axes[last] == 0..<matrix.shape[0] else { return nil }
    var read = region
    read.axes[last] = 0..<shapes[0][last]
    return RegionComputation(operation: self, inputs: [read])
  }
}

extension Reduction: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard keepsAxes, let reduced = try? reducedAxes(rank: shapes[0].count) else { return nil }
    var read = region
    for axis in reduced { read.axes[axis] = 0..<shapes[0][axis] }
    return RegionComputation(operation: self, inputs: [read])
  }
}
