import ConvolutionalNetworks

extension Resize {
  /// How one axis changes its extent.
  struct Scaling {
    let input: Int
    let output: Int
    /// Output over input extent as asked for.
    let scale: Double
    /// Start and end of the crop, as shares of the input's extent.
    let region: (start: Double, end: Double)

    /// The output's extent before it was rounded; ONNX divides by this one.
    var length: Double { scale * Double(input) }
  }

  /// The axes resized, and how.
  ///
  /// - Precondition: `outputShapes` accepts the shape.
  func scalings(of shape: [Int]) throws(ShapeError) -> [(axis: Int, scaling: Scaling)] {
    let evaluator = ShapeExpression.Evaluator.constants
    var axes: [Int] = []
    for axis in self.axes ?? Array(shape.indices) {
      axes.append(try normalizedAxis(axis, rank: shape.count))
    }
    let inputs = axes.map { shape[$0] }
    let regions = try region.map(evaluator.evaluate)?.numbers ?? []
    let scales: [Double]
    let outputs: [Int]
    switch extent {
    case .scales(let expression):
      scales = try evaluator.evaluate(expression).numbers
      // In single precision, as ONNX infers shapes: a scale of 0.7 makes 7 of 10.
      outputs = zip(inputs, scales).map { Int((Float($0) * Float($1)).rounded(.down)) }
    case .sizes(let expression, let policy):
      let sizes = try evaluator.integers(expression)
      (scales, outputs) = policy.fit(inputs, to: sizes)
    }
    return axes.indices.map { i in
      let region = regions.isEmpty ? (0, 1) : (regions[i], regions[i + axes.count])
      return (
        axes[i],
        Scaling(input: inputs[i], output: outputs[i], scale: scales[i], region: region)
      )
    }
  }

  /// The input coordinate of output cell `cell`; `nil` where a crop reaches outside the input.
  func coordinate(of cell: Int, _ scaling: Scaling) -> Double? {
    let x = Double(cell)
    let (length, scale) = (scaling.length, scaling.scale)
    let last = Double(scaling.input - 1)
    switch coordinates {
    case .halfPixel:
      return (x + 0.5) / scale - 0.5
    case .halfPixelSymmetric:
      // What rounding took from the output is cut off on both sides alike.
      let offset = Double(scaling.input) / 2 * (1 - Double(scaling.output) / length)
      return offset + (x + 0.5) / scale - 0.5
    case .pytorchHalfPixel:
      return scaling.output > 1 ? (x + 0.5) / scale - 0.5 : 0
    case .alignCorners:
      return scaling.output > 1 ? x * last / (length - 1) : 0
    case .asymmetric:
      return x / scale
    case .cropAndResize:
      let (start, end) = scaling.region
      let coordinate =
        scaling.output > 1
        ? start * last + x * (end - start) * last / (length - 1) : (start + end) * last / 2
      return coordinate < 0 || coordinate > last ? nil : coordinate
    }
  }
}

extension Resize.AspectRatio {
  /// Scales and extents for the sizes asked for.
  fileprivate func fit(_ inputs: [Int], to sizes: [Int]) -> (scales: [Double], outputs: [Int]) {
    let scales = zip(inputs, sizes).map { Double($1) / Double($0) }
    let common: Double?
    switch self {
    case .stretch: common = nil
    case .notLarger: common = scales.min()
    case .notSmaller: common = scales.max()
    }
    guard let common else { return (scales, sizes) }
    return (
      inputs.map { _ in common }, inputs.map { Int((common * Double($0) + 0.5).rounded(.down)) }
    )
  }
}
