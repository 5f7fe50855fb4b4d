/// Elements of an activation, with the gradient that arrives at them from above.
///
/// It is lent for the call that it is handed to.
public struct ActivationGradients: ~Escapable {
  /// The layer and its function.
  public let site: BackpropSite
  /// Where the run stands.
  public let moment: Moment
  /// Whether the function is a rectifier; see `BackpropSite.isRectifier`.
  public let isRectifier: Bool
  /// The inputs x.
  public let inputs: Span<Float>
  /// The outputs y = f(x).
  public let outputs: Span<Float>
  /// The derivatives f′(x).
  public let slopes: Span<Float>
  /// ∂objective/∂y.
  public let gradient: Span<Float>

  /// The elements of an activation; as many as the shortest of the spans has.
  @_lifetime(copy inputs, copy outputs, copy slopes, copy gradient)
  public init(
    at site: BackpropSite, _ moment: Moment, inputs: Span<Float>, outputs: Span<Float>,
    slopes: Span<Float>, gradient: Span<Float>
  ) {
    self.site = site
    self.moment = moment
    isRectifier = site.isRectifier
    let count = min(inputs.count, outputs.count, slopes.count, gradient.count)
    self.inputs = inputs.extracting(first: count)
    self.outputs = outputs.extracting(first: count)
    self.slopes = slopes.extracting(first: count)
    self.gradient = gradient.extracting(first: count)
  }

  /// How many elements there are.
  @inlinable
  public var count: Int { gradient.count }
}
