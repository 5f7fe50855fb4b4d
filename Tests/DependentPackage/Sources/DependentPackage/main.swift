import EmbeddedNetworks
import FeatureVisualization

// Draws what a hand-made filter looks for, through BLAS, LAPACK and the worker pool: everything links.
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
  of: "edges", units: [0], height: 16, width: 16, iterations: 20)
print("A dependent package raised a unit to \(visualization.scores[0]).")

// The networks in the box are found from a package that depends on theirs.
let labels = try NeuralNetwork.pictureNet().labels ?? []
print("PictureNet knows \(labels.count) classes.")
