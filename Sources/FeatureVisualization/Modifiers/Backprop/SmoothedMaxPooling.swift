/// Lets gradients pass maximum pooling as if it were a mean of the same windows, so that pictures lose the checkered
/// pattern that comes of a single winner in each window.
///
/// Forward nothing changes. https://github.com/tensorflow/lucid, `optvis/overrides/smoothed_maxpool_grad.py`.
public struct SmoothedMaxPooling: BackpropModifier {
  /// The mean whose gradient takes the place of the maximum's.
  public let smoothing: PoolingSmoothing

  /// Gradients of an average unless another mean is given.
  public init(_ smoothing: PoolingSmoothing = .average) { self.smoothing = smoothing }

  public func rule(at site: BackpropSite) -> BackpropRule {
    site.kind == .maximumPooling ? .smoothed(smoothing) : .ordinary
  }
}

extension BackpropModifier where Self == SmoothedMaxPooling {
  /// Maximum pooling passes the gradient of an average.
  public static var smoothedMaxPooling: SmoothedMaxPooling { SmoothedMaxPooling() }
}
