extension NeuralNetwork {
  /// A network whose layers each read from the one before.
  ///
  ///     let network = try NeuralNetwork.sequential(
  ///       .picture(height: 32, width: 32), labels: ["cat", "dog"], seed: 1,
  ///       [
  ///         .convolution(16, kernel: 3, activation: .relu), .maximumPooling(2),
  ///         .convolution(32, kernel: 3, activation: .relu, name: "features"),
  ///         .globalAveragePooling, .dense(2, name: "logits"),
  ///       ])
  ///
  /// Extents follow from the input's. Weights that are not given are random (see `LayerDefinition`), and layers that are
  /// given no name are called as Keras calls them: `conv2d`, `conv2d_1`, `max_pooling2d`, `dense`.
  ///
  /// - Parameters:
  ///   - labels: the names of the classes, one for each unit of the last layer.
  ///   - seed: what fixes random weights: the same seed gives the same bytes.
  ///   - layout: the axis order that `.flatten` and `.reshape` go by; that of Keras unless given.
  /// - Throws: `VisualizationError.invalidLayer` naming the layer that cannot be made, or what `NeuralNetwork.init` throws.
  public static func sequential(
    _ input: InputDefinition, labels: [String]? = nil, seed: UInt64 = 0,
    layout: TensorLayout = .channelsLast, _ layers: [LayerDefinition]
  ) throws(VisualizationError) -> NeuralNetwork {
    try graph(seed: seed, layout: layout) { graph in
      let start = graph.input(input)
      graph.output(graph.add(layers, to: start), labels: labels)
    }
  }

  /// A network whose layers read from any others.
  ///
  ///     let network = try NeuralNetwork.graph(seed: 1) { graph in
  ///       let picture = graph.input(.picture(height: 32, width: 32))
  ///       let a = graph.add(.convolution(16, kernel: 3, padding: .same, activation: .relu), to: picture)
  ///       let b = graph.add(.convolution(16, kernel: 3, padding: .same), to: a)
  ///       let sum = graph.add(.sum, to: a, b)
  ///       graph.output(graph.add([.globalAveragePooling, .dense(2, name: "logits")], to: sum), labels: ["cat", "dog"])
  ///     }
  ///
  /// What is wrong is told at the end, so that `build` needs no `try`. Use a `GraphBuilder` of your own where it does.
  ///
  /// - Parameters:
  ///   - seed: what fixes random weights: the same seed gives the same bytes.
  ///   - layout: the axis order that `.flatten` and `.reshape` go by; that of Keras unless given.
  ///   - build: writes the network down.
  /// - Throws: `VisualizationError.invalidLayer` naming the first layer that cannot be made, or what `NeuralNetwork.init`
  ///   throws.
  public static func graph(
    seed: UInt64 = 0, layout: TensorLayout = .channelsLast, _ build: (inout GraphBuilder) -> Void
  ) throws(VisualizationError) -> NeuralNetwork {
    var graph = GraphBuilder(seed: seed, layout: layout)
    build(&graph)
    return try graph.network()
  }
}
