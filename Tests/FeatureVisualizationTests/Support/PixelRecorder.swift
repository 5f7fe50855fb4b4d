import FeatureVisualization
import Synchronization

/// Keeps the pixels of every step, as an input modifier sees them after it.
final class PixelRecorder: InputModifier {
  private let recorded = Mutex<[[Float]]>([])

  var name: String { "PixelRecorder" }
  var changesPictureAfterStep: Bool { true }

  /// The pixels after each step.
  var pixels: [[Float]] { recorded.withLock { $0 } }

  func afterStep(_ pixels: inout MutableSpan<Float>, _ step: CompletedStep) {
    let copy = pixels.indices.map { pixels[$0] }
    recorded.withLock { $0.append(copy) }
  }
}
