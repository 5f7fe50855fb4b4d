/// How gradients pass a site of a network.
public enum BackpropRule: Sendable {
  /// By the chain rule.
  case ordinary
  /// By a formula for each element of an activation alone.
  case elementwise(any ElementwiseBackprop)
  /// By a formula for all elements of an activation of one picture.
  case wholePicture(any WholePictureBackprop)
  /// As if maximum pooling were a smooth mean of the same windows.
  case smoothed(PoolingSmoothing)

  var isOrdinary: Bool {
    if case .ordinary = self { true } else { false }
  }

  /// Whether it is a rule for such a site.
  func fits(_ kind: BackpropSite.Kind) -> Bool {
    switch (self, kind) {
    case (.ordinary, _), (.elementwise, .activation), (.wholePicture, .activation),
      (.smoothed, .maximumPooling):
      true
    default: false
    }
  }
}

/// The mean whose gradient takes the place of that of a maximum; padding counts for nothing.
public enum PoolingSmoothing: Sendable, Equatable, CaseIterable {
  /// The average of x over a window.
  case average
  /// The contraharmonic mean of magnitudes, `avg(x²) / (0.01 + avg |x|)` over a window.
  case contraharmonic
}
