import FeatureVisualization

/// Networks that are written down in code, a line a layer.
func writeNetworks() throws {
  let network = try NeuralNetwork.sequential(
    .picture(height: 32, width: 32), labels: ["cat", "dog"], seed: 1,
    [
      .convolution(16, kernel: 3, activation: .relu), .maximumPooling(2),
      .convolution(32, kernel: 3, activation: .relu, name: "features"),
      .convolution(32, kernel: 3, activation: .relu), .globalAveragePooling,
      .dense(2, name: "logits"),
    ])
  let dog = try network.visualizeActivation(of: "logits", units: ["dog"], iterations: 5)
  expect(dog.pictures.shape == [1, 32, 32, 3], "a network in code is drawn")

  let names = (0..<10).map { "digit \($0)" }
  let residual = try NeuralNetwork.graph(seed: 1) { graph in
    let picture = graph.input(.picture(height: 32, width: 32, name: "picture"))
    let a = graph.add(.convolution(16, kernel: 3, activation: .relu, name: "a"), to: picture)
    let b = graph.add(.convolution(16, kernel: 3, padding: .same), to: a)
    let sum = graph.add(.sum, to: a, b)
    graph.output(graph.add([.globalAveragePooling, .dense(10)], to: sum), labels: names)
  }
  let seven = try residual.visualizeActivation(of: "dense", units: ["digit 7"], iterations: 5)
  expect(seven.scores[0].isFinite, "a graph in code is drawn")

  // A mistake says where it is.
  do throws(VisualizationError) {
    _ = try NeuralNetwork.sequential(
      .picture(), [.convolution(4, kernel: 3), .flatten, .dense(2, name: "logits")])
    expect(false, "a dense layer of unknown width is refused")
  } catch {
    expect(error.description.hasPrefix("layer 'logits' (Dense) reading [any, any]"), "\(error)")
  }
}
