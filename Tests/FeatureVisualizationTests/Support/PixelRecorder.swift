import FeatureVisualization
import Synchronization

/// Keeps the pixels of every step, as a projection sees them after it.
final class PixelRecorder: Projection {
  private let recorded = Mutex<[[Float]]>([])

  var name: String { "PixelRecorder" }

  /// The pixels after each step.
  var pixels: [[Float]] { recorded.withLock { $0 } }

  func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
    let copy = pixels.indices.map { pixels[$0] }
    recorded.withLock { $0.append(copy) }
  }
}
