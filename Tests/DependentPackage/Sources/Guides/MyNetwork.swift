import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles

/// Writes the files that the guides read: `my-network.onnx` as PyTorch exports the network of
/// Docs/Guides/GettingStarted.md, with random weights, its sidecar, and `photo.jpg`.
func writeMyNetwork() throws {
  var network = try makeMyNetwork()
  network.labels = ["ant", "bee", "cow", "dog", "elk"]
  let file = URL(filePath: "my-network.onnx")
  try ONNXFile.write(network, to: file)
  try NetworkSidecar.write(network, beside: file)
  let photo = try network.visualizeActivation(of: "scores", units: "cow", iterations: 2)
  try PictureFile(URL(filePath: "photo.jpg")).write(photo.picture(0))
}

private func makeMyNetwork() throws -> NeuralNetwork {
  var generator = SeededGenerator(seed: 1)
  func weights(_ shape: [Int]) -> Tensor {
    let deviation = (2 / Float(shape.dropFirst().reduce(1, *))).squareRoot()
    return Tensor(
      shape: shape,
      elements: (0..<shape.reduce(1, *)).map { _ in deviation * Float(generator.normal()) })
  }
  let specification = try InputSpecification(
    mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
  return try NeuralNetwork(
    layout: .channelsLast,
    inputs: [
      NetworkInput(
        "picture", shape: [nil, 64, 64, 3], channelAxis: 3, specification: specification)
    ],
    layers: [
      Layer(
        "node_relu",
        Convolution(weights: weights([16, 3, 3, 3]), padding: .sameUpper, activation: .relu),
        inputs: ["picture"]),
      Layer(
        "node_max_pool2d",
        Pooling(.maximum, window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
        inputs: ["node_relu"]),
      Layer(
        "node_conv2d_1", Convolution(weights: weights([32, 3, 3, 16]), padding: .sameUpper),
        inputs: ["node_max_pool2d"]),
      Layer("node_relu_1", Activation(.relu), inputs: ["node_conv2d_1"]),
      Layer("node_mean", GlobalPooling(.average), inputs: ["node_relu_1"]),
      Layer("node_view", Flatten(), inputs: ["node_mean"]),
      Layer("scores", Dense(weights: weights([5, 32])), inputs: ["node_view"]),
    ], outputs: ["scores"])
}
