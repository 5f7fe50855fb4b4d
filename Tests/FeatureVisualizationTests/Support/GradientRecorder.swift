import FeatureVisualization
import Synchronization

/// Keeps the objective's gradients, as a gradient modifier sees them, and changes nothing.
final class GradientRecorder: GradModifier {
  private let recorded = Mutex<[[Float]]>([])

  var name: String { "GradientRecorder" }

  /// The gradients in the order of iterations and pictures.
  var gradients: [[Float]] { recorded.withLock { $0 } }

  func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    let copy = gradient.indices.map { gradient[$0] }
    recorded.withLock { $0.append(copy) }
  }
}
