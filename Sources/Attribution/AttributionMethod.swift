public import FeatureVisualization

/// A way to tell which parts of a picture speak for an objective.
///
///     struct Brightness: AttributionMethod {
///       var name: String { "brightness" }
///       func attribution(of question: AttributionQuestion) -> AttributionMap {
///         AttributionMap(question.picture, isSigned: false)
///       }
///     }
///
/// A method asks the question for values and gradients; nothing is compiled twice.
public protocol AttributionMethod: Sendable {
  /// What reports and sheets call it, such as `grad-cam`.
  var name: String { get }

  /// The map of the question's one picture: `[1, H, W, C]` of the picture's height and width, where C is 1 or the
  /// picture's channels.
  ///
  /// - Throws: `VisualizationError` where the method cannot answer, such as for a layer without positions.
  func attribution(of question: AttributionQuestion) throws(VisualizationError) -> AttributionMap
}
