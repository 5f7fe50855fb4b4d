/// Resamples a value to another size, axis by axis (ONNX's Resize, operator set 19).
public struct Resize: LayerOperation {
  /// How an output cell is mixed from input cells.
  public enum Interpolation: Sendable, Equatable {
    /// The nearest cell, ties and fractions rounded by the rule.
    case nearest(Rounding)
    /// The two nearest cells, weighted by distance.
    case linear
    /// Keys' cubic with coefficient `a`.
    case cubic(a: Float)
  }

  /// How a coordinate becomes the nearest cell.
  public enum Rounding: String, Sendable {
    case preferFloor = "round_prefer_floor"
    case preferCeil = "round_prefer_ceil"
    case floor = "floor"
    case ceil = "ceil"
  }

  /// How an output coordinate becomes an input coordinate.
  public enum Coordinates: String, Sendable {
    case halfPixel = "half_pixel"
    case halfPixelSymmetric = "half_pixel_symmetric"
    case pytorchHalfPixel = "pytorch_half_pixel"
    case alignCorners = "align_corners"
    case asymmetric = "asymmetric"
    case cropAndResize = "tf_crop_and_resize"
  }

  /// What the sizes are made from.
  public enum Extent: Sendable {
    /// Output extent over input extent, per axis.
    case scales(ShapeExpression)
    /// The output extents, per axis.
    case sizes(ShapeExpression, AspectRatio)
  }

  /// What becomes of the ratio of the sides when sizes are given.
  public enum AspectRatio: String, Sendable {
    case stretch
    case notLarger = "not_larger"
    case notSmaller = "not_smaller"
  }

  /// How an output cell is mixed from input cells.
  public let interpolation: Interpolation
  /// How an output coordinate becomes an input coordinate.
  public let coordinates: Coordinates
  /// The sizes or scales, one per axis of `axes`.
  public let extent: Extent
  /// The logical axes resized; `nil` is every axis.
  public let axes: [Int]?
  /// For `cropAndResize`: start and end of the crop per axis, as shares of the extent.
  public let region: ShapeExpression?
  /// What `cropAndResize` writes outside the input.
  public let extrapolation: Float
  /// Whether cells outside the input get no weight, instead of repeating the edge.
  public let excludesOutside: Bool
  /// Whether linear and cubic curves are stretched where an axis shrinks, so that every input cell counts.
  public let antialiases: Bool

  public init(
    _ interpolation: Interpolation, coordinates: Coordinates = .halfPixel, extent: Extent,
    axes: [Int]? = nil, region: ShapeExpression? = nil, extrapolation: Float = 0,
    excludesOutside: Bool = false, antialiases: Bool = false
  ) {
    self.interpolation = interpolation
    self.coordinates = coordinates
    self.extent = extent
    self.axes = axes
    self.region = region
    self.extrapolation = extrapolation
    self.excludesOutside = excludesOutside
    self.antialiases = antialiases
  }

  public var kind: String { "Resize" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    let extent: Extent =
      switch extent {
      case .scales(let scales): .scales(.constant(try evaluator.evaluate(scales)))
      case .sizes(let sizes, let ratio): .sizes(.constant(try evaluator.evaluate(sizes)), ratio)
      }
    var region: ShapeExpression?
    if let expression = self.region { region = .constant(try evaluator.evaluate(expression)) }
    return Resize(
      interpolation, coordinates: coordinates, extent: extent, axes: axes, region: region,
      extrapolation: extrapolation, excludesOutside: excludesOutside, antialiases: antialiases)
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try outputExtents(for: inputs[0])]
  }
}
