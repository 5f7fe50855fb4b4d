public import FeatureVisualization

/// The gradient at the picture: which pixels change the objective s most when they change a little.
///
/// `max_c |∂s/∂x_c|` for each pixel, or `∂s/∂x` itself.
/// Simonyan et al. 2013, https://arxiv.org/abs/1312.6034. With `.guided` it is Springenberg et al. 2014,
/// https://arxiv.org/abs/1412.6806, and with `.rectified` the deconvolutional network of Zeiler and Fergus 2013,
/// https://arxiv.org/abs/1311.2901.
public struct Saliency: AttributionMethod {
  public let name: String
  /// How channels become one number of a pixel; `nil` keeps them, with their signs.
  public let reduction: ChannelReduction?
  /// How gradients pass activations; `nil` leaves it to the question.
  public let backpropModifier: (any BackpropModifier)?

  /// - Parameters:
  ///   - reduction: how channels become one number of a pixel; `nil` keeps them, with their signs.
  ///   - backpropModifier: how gradients pass activations; the question's unless given.
  ///   - name: what reports call it.
  public init(
    reduction: ChannelReduction? = .largestMagnitude,
    backpropModifier: (any BackpropModifier)? = nil, name: String = "saliency"
  ) {
    (self.reduction, self.backpropModifier) = (reduction, backpropModifier)
    self.name = name
  }

  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let gradient = try question.evaluateModified(
      at: question.picture, by: backpropModifier ?? question.backpropModifier
    ).gradient
    let map = AttributionMap(gradient, isSigned: true)
    return reduction.map { map.reduced(by: $0) } ?? map
  }
}

extension AttributionMethod where Self == Saliency {
  /// The largest magnitude over channels of the gradient at the picture.
  public static var saliency: Saliency { Saliency() }

  /// The gradient at the picture, with its channels and signs.
  public static var gradient: Saliency { Saliency(reduction: nil, name: "gradient") }

  /// Saliency by guided backpropagation.
  public static var guidedBackprop: Saliency {
    Saliency(backpropModifier: .guided, name: "guided-backprop")
  }

  /// Saliency by the deconvolutional network.
  public static var deconvolution: Saliency {
    Saliency(backpropModifier: .rectified, name: "deconvolution")
  }
}
