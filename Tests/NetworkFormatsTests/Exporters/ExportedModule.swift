import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation

@testable import NetworkFormats

/// A PyTorch module that `make_exported_modules.py` has exported, with what PyTorch computes.
struct ExportedModule {
  let folder: URL

  var name: String { folder.lastPathComponent }

  /// The module as each exporter wrote it.
  var files: [URL] {
    let contents = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (contents ?? []).filter { $0.pathExtension == "onnx" }.sorted { $0.path < $1.path }
  }

  /// The modules in a folder.
  static func all(in folder: URL) throws -> [ExportedModule] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter {
        FileManager.default.fileExists(atPath: $0.appendingPathComponent("input_0.npy").path)
      }
      .sorted { $0.path < $1.path }.map(ExportedModule.init)
  }

  /// How a file's network differs from PyTorch's; `nil` if it does not.
  func failure(of file: URL) -> String? {
    do {
      let inputs = try arrays("input")
      let named = inputs.enumerated().map { ("input_\($0.offset)", $0.element) }
      let network = try ONNXFile.load(file).network
      let run = try LogicalRun(network, Dictionary(uniqueKeysWithValues: named))
      // Weights of 16 bits are known to PyTorch as they are here, but exporters fold some of them in 16 bits.
      let isHalf = name == "half"
      let outputs = run.outputs
      let expected = try arrays("output")
      guard outputs.count == expected.count else { return "\(outputs.count) outputs" }
      for (actual, expected) in zip(outputs, expected) {
        guard actual.shape == expected.shape else {
          return "shape \(actual.shape) instead of \(expected.shape)"
        }
        let error = DoubleTensor(actual).largestRelativeError(from: DoubleTensor(expected))
        guard error <= (isHalf ? 1e-2 : 1e-4) else { return "an error of \(error)" }
      }
      let gradients = run.gradients { Float(($0 * 7) % 11 - 5) / 5 }
      for (position, expected) in try arrays("gradient").enumerated() {
        guard let actual = gradients["input_\(position)"] else { return "no gradient" }
        let error = DoubleTensor(actual).relativeL2Error(from: DoubleTensor(expected))
        guard error <= (isHalf ? 1e-2 : 1e-3) else { return "a gradient's error of \(error)" }
      }
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func arrays(_ kind: String) throws -> [Tensor] {
    var arrays: [Tensor] = []
    while true {
      let url = folder.appendingPathComponent("\(kind)_\(arrays.count).npy")
      guard FileManager.default.fileExists(atPath: url.path) else { return arrays }
      arrays.append(try NumPyFile(url).read())
    }
  }
}
