public import ConvolutionalNetworks

extension NeuralNetwork {
  /// PictureNet: a classifier of drawn pictures that was trained to withstand perturbations.
  ///
  ///     let picture = try NeuralNetwork.pictureNet()
  ///       .visualizeActivation(of: "predictions", units: ["flamingo"])
  ///
  /// Input `[N, 96, 96, 3]` (or larger), RGB in 0…1. Layer `predictions` holds the logits `[N, classes]`,
  /// `probabilities` their softmax; `labels` names the classes. How it was trained is told in
  /// Scripts/Training/README.md. Read once, when first asked for.
  ///
  /// - Throws: `EmbeddedNetworkError` where the resources are missing or damaged.
  public static func pictureNet() throws(EmbeddedNetworkError) -> NeuralNetwork {
    try EmbeddedNetwork.pictureNet.network()
  }

  /// PictureTransformer: a vision transformer that names the classes of PictureNet.
  ///
  ///     let picture = try NeuralNetwork.pictureTransformer()
  ///       .visualizeActivation(of: "blocks/3/mlp/fc1", units: 7, in: .tokens(1...))
  ///
  /// Input `[N, 96, 96, 3]`, RGB in 0…1. Its layers are `patches`, `tokens`, and in each of the blocks `blocks/0` … the
  /// parts of `attention` (`query`, `scores`, `probabilities`, `heads`) and of `mlp` (`fc1`, `activation`, `fc2`), all
  /// with the class token as token 0. Layer `predictions` holds the logits `[N, classes]`, `probabilities` their
  /// softmax; `labels` names the classes. How it was trained is told in Scripts/Training/README.md. Read once, when
  /// first asked for.
  ///
  /// - Throws: `EmbeddedNetworkError` where the resources are missing or damaged.
  public static func pictureTransformer() throws(EmbeddedNetworkError) -> NeuralNetwork {
    try EmbeddedNetwork.pictureTransformer.network()
  }

  /// AppleCounter: a regression that counts the apples of a drawn scene, from 0 to 9.
  ///
  /// Input `[N, 96, 96, 3]` (or larger), RGB in 0…1. Layer `count` holds the number of apples, `[N, 1]`.
  /// How it was trained is told in Scripts/Training/README.md. Read once, when first asked for.
  ///
  /// - Throws: `EmbeddedNetworkError` where the resources are missing or damaged.
  public static func appleCounter() throws(EmbeddedNetworkError) -> NeuralNetwork {
    try EmbeddedNetwork.appleCounter.network()
  }
}
