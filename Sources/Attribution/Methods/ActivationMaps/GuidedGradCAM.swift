public import FeatureVisualization

/// Guided saliency where Grad-CAM is bright: the gradient of guided backpropagation times the map of Grad-CAM, pixel by pixel.
///
/// Selvaraju et al. 2016, https://arxiv.org/abs/1610.02391.
public struct GuidedGradCAM: AttributionMethod {
  /// How channels become one number of a pixel; `nil` keeps them, with their signs.
  public let reduction: ChannelReduction?

  /// - Parameter reduction: how channels become one number of a pixel; `nil` keeps them, with their signs.
  public init(reduction: ChannelReduction? = .largestMagnitude) { self.reduction = reduction }

  public var name: String { "guided-grad-cam" }

  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let cam = try GradCAM().attribution(of: question).values
    var values = try question.evaluateModified(at: question.picture, by: .guided).gradient
    let channels = values.shape[3]
    let weights = cam.span
    var elements = values.mutableSpan
    for index in elements.indices { elements[index] *= weights[index / channels] }
    let map = AttributionMap(values, isSigned: true)
    return reduction.map { map.reduced(by: $0) } ?? map
  }
}

extension AttributionMethod where Self == GuidedGradCAM {
  /// Guided saliency where Grad-CAM is bright.
  public static var guidedGradCAM: GuidedGradCAM { GuidedGradCAM() }
}
