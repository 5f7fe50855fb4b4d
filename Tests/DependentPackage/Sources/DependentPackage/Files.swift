import FeatureVisualization
import Foundation
import NetworkFiles
import NetworkFormats

/// One verb opens any file, and one shape of error says what is wrong with it.
func openFiles() throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "small.onnx")
  try ONNXFile.write(smallNetwork, to: file)

  let network = try NeuralNetwork(contentsOf: file)
  expect(network.layers.contains { $0.name == "c" }, "a file is opened")
  do throws(NetworkFileError) { _ = try NeuralNetwork(contentsOf: folder) } catch {
    expect(error.file == folder.relativePath && error.place == nil, "an error names the file")
    expect(error.localizedDescription.contains("a folder is no network"), "and says what is wrong")
  }
}
