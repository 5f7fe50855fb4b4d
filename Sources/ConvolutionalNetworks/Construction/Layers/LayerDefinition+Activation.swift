/// Activations as layers of their own, and dropout.
extension LayerDefinition {
  /// An activation; named `activation`.
  public static func activation(_ function: ActivationFunction, name: String? = nil)
    -> LayerDefinition
  {
    LayerDefinition("Activation", name, defaultName: "activation") { _ in
      Activation(function)
    }
  }

  /// `softmax(name:)` under the name that it has by itself.
  public static var softmax: LayerDefinition { softmax() }

  /// Softmax over the channels of each position, or the units; named `softmax`.
  public static func softmax(name: String? = nil) -> LayerDefinition {
    LayerDefinition("Softmax", name, defaultName: "softmax") { site in
      Activation(.softmax(axis: site.channelAxis - site.shape.count))
    }
  }

  /// Nothing: dropout is for training alone, and no layer is made for it.
  ///
  /// - Parameter rate: the share that training drops.
  public static func dropout(_ rate: Float) -> LayerDefinition {
    LayerDefinition("Dropout", nil, isAbsent: true, defaultName: "dropout") { _ in
      Identity(kind: "Dropout")
    }
  }
}
