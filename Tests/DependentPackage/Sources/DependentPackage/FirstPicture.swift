import EmbeddedNetworks
import FeatureVisualization

/// Draws what a hand-made filter looks for, through BLAS, LAPACK and the worker pool: everything links.
func drawFirstPicture() throws {
  let edges = Tensor(shape: [1, 1, 2, 3], elements: [1, 1, 1, -1, -1, -1])
  let network = try NeuralNetwork(
    layout: .channelsLast,
    inputs: [
      NetworkInput(
        "picture", shape: [nil, nil, nil, 3], channelAxis: 3, specification: InputSpecification())
    ],
    layers: [Layer("edges", Convolution(weights: edges, activation: .relu), inputs: ["picture"])],
    outputs: ["edges"])
  let visualization = try network.visualizeActivation(
    of: "edges", units: [0], preset: .lucid.with(\.size, 16), iterations: 20)
  expect(visualization.scores[0] > 0, "a unit is raised")

  // The networks in the box are found from a package that depends on theirs.
  expect(try NeuralNetwork.pictureNet().labels?.count == 24, "PictureNet knows its classes")
}
