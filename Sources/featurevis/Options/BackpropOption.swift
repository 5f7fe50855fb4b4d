import ArgumentParser
import FeatureVisualization

/// How gradients pass activations and maximum pooling, on a command line.
enum BackpropOption: String, ExpressibleByArgument, CaseIterable {
  case guided, rectified, redirected, smoothed

  var modifier: any BackpropModifier {
    switch self {
    case .guided: GuidedBackprop()
    case .rectified: RectifiedBackprop()
    case .redirected: RedirectedReLU()
    case .smoothed: SmoothedMaxPooling()
    }
  }
}
