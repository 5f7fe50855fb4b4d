/// A place in a network where a backprop modifier can change how gradients pass.
public struct BackpropSite: Sendable, Equatable {
  /// What is computed at a site.
  public enum Kind: Sendable, Equatable {
    /// A function of each element alone, as a layer of its own or fused into one by the file.
    case activation(ActivationFunction)
    /// The largest value of each window, or of each channel.
    case maximumPooling
  }

  /// The layer's name.
  public let layer: String
  /// What is computed there.
  public let kind: Kind

  /// A site, for asking a modifier about it.
  public init(layer: String, kind: Kind) {
    self.layer = layer
    self.kind = kind
  }

  /// Whether it is an activation that is a rectifier: like x for large x and flat, or nearly so, for small x.
  ///
  /// ReLU, ReLU6, leaky, parametric and thresholded ReLU, ELU, SELU, CELU, GELU, SiLU, swish, hard-swish, mish
  /// and softplus are; sigmoid, hard sigmoid, tanh and softsign are not.
  public var isRectifier: Bool {
    if case .activation(let function) = kind { function.isRectifier } else { false }
  }
}

extension LayerOperation {
  /// What a backprop modifier can change about the operation; `nil` for nothing.
  var backpropSiteKind: BackpropSite.Kind? {
    switch self {
    case let activation as Activation where activation.function.coupledAxis == nil:
      .activation(activation.function)
    case let pooling as Pooling where pooling.reduction == .maximum: .maximumPooling
    case let pooling as GlobalPooling where pooling.reduction == .maximum: .maximumPooling
    default: nil
    }
  }
}
