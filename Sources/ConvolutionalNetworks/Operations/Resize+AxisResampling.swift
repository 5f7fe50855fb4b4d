extension Resize {
  /// How one axis is resampled: each output cell is a weighted sum of input cells.
  package struct AxisResampling: Sendable, Equatable {
    /// An input cell and its weight.
    package struct Share: Sendable, Equatable {
      package let cell: Int
      package var weight: Double
    }

    /// The extent of the input.
    package let input: Int
    /// The shares of each output cell; `nil` for a cell outside the input, which holds `extrapolation`.
    package let mixtures: [[Share]?]

    /// The extent of the output.
    package var output: Int { mixtures.count }

    /// Whether every cell stays what it is.
    package var isIdentity: Bool { self == .identity(input) }

    static func identity(_ extent: Int) -> AxisResampling {
      AxisResampling(
        input: extent, mixtures: (0..<extent).map { [Share(cell: $0, weight: 1)] })
    }
  }

  /// The resampling of each logical axis of a value of shape `shape`.
  ///
  /// - Throws: `ShapeError` where counts differ or a scale or size is out of range.
  package func axisResamplings(for shape: [Int]) throws(ShapeError) -> [AxisResampling] {
    let axes = try resizedAxes(of: shape)
    let crops = try crops(axes)
    var result = shape.map { AxisResampling.identity($0) }
    for (position, target) in try targets(axes.map { shape[$0] }).enumerated() {
      let extent = shape[axes[position]]
      if target.scale == 1, target.extent == extent, crops[position] == (0, 1) { continue }
      result[axes[position]] = AxisResampling(
        input: extent,
        mixtures: (0..<target.extent).map { cell in
          mixture(extent, target, self.position(of: cell, extent, target, crops[position]))
        })
    }
    return result
  }

  /// The extents of what a value of shape `shape` is resampled to.
  ///
  /// - Throws: `ShapeError` where counts differ or a scale or size is out of range.
  func outputExtents(for shape: [Int]) throws(ShapeError) -> [Int] {
    let axes = try resizedAxes(of: shape)
    var result = shape
    for (axis, target) in zip(axes, try targets(axes.map { shape[$0] })) {
      result[axis] = target.extent
    }
    _ = try crops(axes)
    return result
  }

  /// The logical axes resized, counted from the front.
  private func resizedAxes(of shape: [Int]) throws(ShapeError) -> [Int] {
    var axes: [Int] = []
    for axis in self.axes ?? Array(shape.indices) {
      axes.append(try normalizedAxis(axis, rank: shape.count))
    }
    guard Set(axes).count == axes.count, axes.allSatisfy({ shape[$0] > 0 }) else {
      throw ShapeError("axes \(axes) repeat one another or are empty")
    }
    guard shape.allSatisfy({ $0 <= Self.largestExtent }) else {
      throw ShapeError("an axis of \(shape) is too large to be resized")
    }
    return axes
  }

  /// The part of each resized axis that is looked at.
  private func crops(_ axes: [Int]) throws(ShapeError) -> [(start: Double, end: Double)] {
    guard coordinates == .cropAndResize, let region else { return axes.map { _ in (0, 1) } }
    let numbers = try ShapeExpression.Evaluator.constants.evaluate(region).numbers
    guard numbers.count == 2 * axes.count, numbers.allSatisfy(\.isFinite) else {
      throw ShapeError("a region of \(numbers) for \(axes.count) axes")
    }
    return axes.indices.map { (numbers[$0], numbers[$0 + axes.count]) }
  }

  /// What an axis is resampled to: the number of cells, and the scale, whose product with the input's extent
  /// need not be whole.
  private struct Target {
    let extent: Int
    let scale: Double
  }

  private static let largestExtent = 1 << 20

  private func targets(_ extents: [Int]) throws(ShapeError) -> [Target] {
    let evaluator = ShapeExpression.Evaluator.constants
    var result: [Target] = []
    switch extent {
    case .scales(let expression):
      let scales = try evaluator.evaluate(expression).numbers
      guard scales.count == extents.count else {
        throw ShapeError("\(scales.count) scales for \(extents.count) axes")
      }
      for (scale, extent) in zip(scales, extents) {
        // In single precision, as inference engines have it: a scale of 0.7 makes 7 of 10.
        result.append(
          Target(
            extent: try Self.checked(Double((Float(scale) * Float(extent)).rounded(.down))),
            scale: scale))
      }
    case .sizes(let expression, let ratio):
      let sizes = try evaluator.evaluate(expression).numbers
      guard sizes.count == extents.count else {
        throw ShapeError("\(sizes.count) sizes for \(extents.count) axes")
      }
      let scales = zip(sizes, extents).map { $0 / Double($1) }
      let common = ratio == .notLarger ? scales.min() : ratio == .notSmaller ? scales.max() : nil
      for (position, extent) in extents.enumerated() {
        let size = common.map { ($0 * Double(extent) + 0.5).rounded(.down) } ?? sizes[position]
        result.append(
          Target(extent: try Self.checked(size), scale: common ?? scales[position]))
      }
    }
    return result
  }

  private static func checked(_ size: Double) throws(ShapeError) -> Int {
    guard size >= 1, size <= Double(largestExtent), size == size.rounded() else {
      throw ShapeError("an axis cannot be resized to \(size) cells")
    }
    return Int(size)
  }

  // MARK: One cell

  /// The position in the input of an output cell, in cells; `nil` outside.
  private func position(
    of cell: Int, _ input: Int, _ target: Target, _ crop: (start: Double, end: Double)
  ) -> Double? {
    let cell = Double(cell)
    let last = Double(input - 1)
    // The extent as the scale has it, fractions included.
    let extent = target.scale * Double(input)
    let centered = (cell + 0.5) / target.scale - 0.5
    switch coordinates {
    case .halfPixel: return centered
    case .halfPixelSymmetric:
      return Double(input) / 2 * (1 - Double(target.extent) / extent) + centered
    case .pytorchHalfPixel: return target.extent > 1 ? centered : 0
    case .alignCorners: return target.extent > 1 ? cell * last / (extent - 1) : 0
    case .asymmetric: return cell / target.scale
    case .cropAndResize:
      let span = (crop.end - crop.start) * last
      let position =
        crop.start * last + (target.extent > 1 ? cell * span / (extent - 1) : span / 2)
      return position >= 0 && position <= last ? position : nil
    }
  }

  /// The shares of the input cells round a position.
  private func mixture(_ input: Int, _ target: Target, _ position: Double?)
    -> [AxisResampling.Share]?
  {
    guard let position else { return nil }
    // Positions lie within the input but for a few cells, unless a scale is absurd.
    let center = min(max(position, -Double(input)), 2 * Double(input))
    if case .nearest(let rounding) = interpolation {
      let nearest =
        switch rounding {
        case .preferFloor: (center - 0.5).rounded(.up)
        case .preferCeil: (center + 0.5).rounded(.down)
        case .floor: center.rounded(.down)
        case .ceil: center.rounded(.up)
        }
      return [.init(cell: min(max(Int(nearest), 0), input - 1), weight: 1)]
    }
    // A filter for shrinking is stretched, so that no input cell is left out.
    let stretch = antialiases ? min(target.scale, 1) : 1
    let reach = min(Int((curveReach / stretch).rounded(.up)), 4 * Self.largestExtent)
    let first = Int(center.rounded(.down)) - reach + 1
    var shares: [AxisResampling.Share] = []
    var sum = 0.0
    for cell in first..<(first + 2 * reach) {
      let weight = curve((Double(cell) - center) * stretch)
      guard weight != 0, !excludesOutside || (0..<input).contains(cell) else { continue }
      let inside = min(max(cell, 0), input - 1)
      sum += weight
      if let last = shares.indices.last, shares[last].cell == inside {
        shares[last].weight += weight
      } else {
        shares.append(.init(cell: inside, weight: weight))
      }
    }
    for index in shares.indices where sum != 0 { shares[index].weight /= sum }
    return shares
  }

  /// How far the interpolation's curve reaches, in cells.
  private var curveReach: Double {
    if case .cubic = interpolation { 2 } else { 1 }
  }

  /// The weight of a cell at a distance.
  private func curve(_ distance: Double) -> Double {
    let x = abs(distance)
    guard case .cubic(let a) = interpolation else { return max(1 - x, 0) }
    // Keys 1981, https://doi.org/10.1109/TASSP.1981.1163711
    let b = Double(a)
    if x <= 1 { return ((b + 2) * x - (b + 3)) * x * x + 1 }
    return x < 2 ? ((b * x - 5 * b) * x + 8 * b) * x - 4 * b : 0
  }
}
