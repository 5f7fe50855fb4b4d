internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation
import SwiftProtobuf

extension ONNXFile {
  /// The operator set that is written.
  static let writtenOperatorSet: Int64 = 21
  private static let intermediateRepresentation: Int64 = 10

  /// Writes a network as an ONNX file, whose layers have the network's names.
  ///
  /// Pictures go in as `[N, C, H, W]`, whatever the network's own order of axes. Preprocessing and labels are
  /// not part of ONNX: `NetworkSidecar.write(_:beside:)` writes them.
  ///
  /// An existing file is replaced; where writing fails it stays as it was.
  ///
  /// - Parameter metadata: free text about the network, by key; those of `LoadedNetwork.metadata` that are fields of ONNX
  ///   become these again.
  /// - Throws: `ONNXExportError` naming the layer that ONNX, or this writer, has nothing for.
  public static func write(
    _ network: NeuralNetwork, to url: URL, metadata: [String: String] = [:]
  ) throws(ONNXExportError) {
    let model = try model(of: network, file: url.path)
    var data: Data
    do { data = try model.serializedData() } catch {
      throw ONNXExportError(
        file: url.path, layer: nil, problem: .unsupported("a network of this size"))
    }
    data.append(ONNXModelFields.bytes(of: metadata))
    do throws(FileFailure) { try WholeFile(url).write(data) } catch {
      throw ONNXExportError(
        file: url.path, layer: nil, problem: .unwritable(reason: error.reason))
    }
  }

  /// The network in ONNX's terms.
  static func model(of network: NeuralNetwork, file: String) throws(ONNXExportError)
    -> ONNXModelProto
  {
    var layer: String?
    do throws(ONNXExportError.Problem) {
      var graph = try GraphExport(network)
      defer { layer = graph.layer }
      try graph.run()
      var model = ONNXModelProto()
      model.irVersion = intermediateRepresentation
      model.opsetImport = [ONNXOperatorSetIdProto.with { $0.version = writtenOperatorSet }]
      model.graph = graph.proto
      return model
    } catch {
      throw ONNXExportError(file: file, layer: layer, problem: error)
    }
  }
}
