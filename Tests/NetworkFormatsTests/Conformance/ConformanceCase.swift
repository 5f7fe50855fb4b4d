import Foundation
import SwiftProtobuf

@testable import NetworkFormats

/// One case of the ONNX backend test suite: a model with inputs and the outputs they must give.
struct ConformanceCase {
  let name: String
  let model: ONNXModelProto
  /// Tensors in the order of `inputs` and of the graph's outputs, one element per data set.
  let dataSets: [(inputs: [ONNXTensorProto], outputs: [ONNXTensorProto])]

  /// The graph's inputs that the data sets have values for: those without an initializer.
  var inputs: [ONNXValueInfoProto] {
    let initialized = Set(model.graph.initializer.map(\.name))
    return model.graph.input.filter { !initialized.contains($0.name) }
  }

  /// Reads the case in `folder`: `model.onnx`, and `input_*.pb` and `output_*.pb` beside it or in
  /// folders of data sets.
  init(folder: URL) throws {
    name = folder.lastPathComponent
    let file = try Data(contentsOf: folder.appendingPathComponent("model.onnx"))
    model = try ONNXModelProto(serializedBytes: file)
    let manager = FileManager.default
    let subfolders = try manager.contentsOfDirectory(atPath: folder.path).sorted()
      .map { folder.appendingPathComponent($0) }
      .filter { manager.fileExists(atPath: $0.appendingPathComponent("output_0.pb").path) }
    let isFlat = manager.fileExists(atPath: folder.appendingPathComponent("output_0.pb").path)
    dataSets = try (subfolders + (isFlat ? [folder] : [])).map { folder in
      (
        inputs: try Self.tensors("input", in: folder),
        outputs: try Self.tensors("output", in: folder)
      )
    }
  }

  /// The tensors `<kind>_0.pb`, `<kind>_1.pb`, … of a data set.
  private static func tensors(_ kind: String, in folder: URL) throws -> [ONNXTensorProto] {
    var result: [ONNXTensorProto] = []
    while true {
      let url = folder.appendingPathComponent("\(kind)_\(result.count).pb")
      guard FileManager.default.fileExists(atPath: url.path) else { return result }
      // A sequence is no tensor: it stands here as an empty one, and its case is skipped.
      let tensor = try? ONNXTensorProto(serializedBytes: try Data(contentsOf: url))
      result.append(tensor ?? ONNXTensorProto())
    }
  }

  /// The folders below `root` that hold a case, in order.
  static func folders(below root: URL) -> [URL] {
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let models = (files?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.lastPathComponent == "model.onnx" }
    return models.map { $0.deletingLastPathComponent() }.sorted { $0.path < $1.path }
  }
}
