import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles

/// Writes the files that the guides read: `my-network.onnx` as PyTorch exports the network of
/// Docs/Guides/GettingStarted.md, with random weights, its sidecar, and `photo.jpg`.
func writeMyNetwork() throws {
  let network = try NeuralNetwork.sequential(
    .picture(height: 64, width: 64, name: "picture"), labels: ["ant", "bee", "cow", "dog", "elk"],
    [
      .convolution(16, kernel: 3, padding: .same, activation: .relu, name: "node_relu"),
      .maximumPooling(2, name: "node_max_pool2d"),
      .convolution(32, kernel: 3, padding: .same, name: "node_conv2d_1"),
      .activation(.relu, name: "node_relu_1"), .globalAveragePooling(name: "node_mean"),
      .dense(5, name: "scores"),
    ]
  ).specifying(
    InputSpecification(mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225]))
  let file = URL(filePath: "my-network.onnx")
  try ONNXFile.write(network, to: file)
  try NetworkSidecar.write(network, beside: file)
  let photo = try network.visualizeActivation(of: "scores", units: "cow", iterations: 2)
  try PictureFile(URL(filePath: "photo.jpg")).write(photo.picture(0))
}
