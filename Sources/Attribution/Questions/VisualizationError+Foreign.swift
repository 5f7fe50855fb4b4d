import FeatureVisualization

extension VisualizationError {
  /// An error of this package as it is, and any other with the type that threw it.
  static func from(_ error: any Error, of value: Any) -> VisualizationError {
    error as? VisualizationError ?? .failed(type: "\(type(of: value))", reason: "\(error)")
  }
}
