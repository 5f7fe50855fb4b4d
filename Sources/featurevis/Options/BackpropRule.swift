import ArgumentParser
import FeatureVisualization

/// How gradients pass activations, on a command line.
enum BackpropRule: String, ExpressibleByArgument, CaseIterable {
  case guided, rectified

  var modifier: any BackpropModifier {
    switch self {
    case .guided: GuidedBackprop()
    case .rectified: RectifiedBackprop()
    }
  }
}
