import ConvolutionalNetworks
import Foundation
import NetworkArchitectures
import NetworkFormats

/// Files of every kind that is read, small ones.
struct SampleFiles {
  /// A network of two layers, "conv" and "logits".
  let onnx: URL
  /// The random weights of `resnet20-cifar`, under the names of its publisher.
  let weights: URL
  /// A Keras model in HDF5.
  let hdf5 = Self.fixture("KerasNetworkFormatTests/Fixtures/sequential.h5")
  /// The same model as a `.keras` file.
  let keras = Self.fixture("KerasNetworkFormatTests/Fixtures/sequential.keras")
  /// Keras weights without a model.
  let kerasWeights = Self.fixture("KerasNetworkFormatTests/Fixtures/weights_only.h5")
  /// Tensors of no network, as PyTorch saves them and saved them, and in safetensors.
  let tensors = ["archive.pt", "legacy.pth", "tensors.safetensors"].map {
    Self.fixture("NetworkFormatsTests/Weights/Fixtures/\($0)")
  }

  static let architecture = "resnet20-cifar"

  /// Files in `folder`.
  init(in folder: TemporaryFolder) throws {
    onnx = folder.file("sample.onnx")
    let network = try NeuralNetwork.sequential(
      .picture(height: 8, width: 8, name: "picture"), seed: 1, layout: .channelsFirst,
      [
        .convolution(4, kernel: 3, name: "conv"), .activation(.relu, name: "relu"), .flatten,
        .dense(2, name: "logits"),
      ])
    try ONNXFile.write(network, to: onnx)
    // Writing a network writes what ONNX does not hold beside it, if asked; tests write sidecars of their own.
    weights = folder.file("sample.safetensors")
    let random = RandomWeights(for: try Architecture(named: Self.architecture))
    let entries = random.names.map { name in
      StateDictionary.Entry(name: name, shape: random.shape(of: name) ?? [], type: .float32) {
        () throws(WeightsFileError.Problem) in
        do throws(WeightsFileError) { return try random.tensor(named: name) } catch {
          throw error.problem
        }
      }
    }
    try StateDictionary(file: "random", entries).write(to: weights)
  }

  private static func fixture(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: path)
  }
}
