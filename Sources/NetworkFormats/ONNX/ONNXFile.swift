internal import CFVFiles
import ConvolutionalNetworks
import Foundation

/// Reads networks from ONNX files (https://onnx.ai), operator sets 1 to 25.
public enum ONNXFile {
  /// The newest operator set whose rules the importer knows.
  static let newestOperatorSet = 25
  /// The oldest operator set that is read.
  static let oldestOperatorSet = 1

  /// Reads a network and, if there is a `<name>.json` beside the file, its preprocessing and labels.
  ///
  /// Shapes are logical in ONNX's order, `[N, C, H, W]`; N is free whatever the file declares.
  ///
  /// - Parameter url: the file; large tensors may lie in files beside it.
  /// - Parameter constants: values for graph inputs, in ONNX's axis order, that are held for good, such as
  ///   weights or shapes that a file declares as inputs.
  /// - Parameter limits: what reading the file may cost.
  /// - Throws: `ONNXError` naming the node at fault, or the limit.
  public static func load(
    _ url: URL, constants: [String: Tensor] = [:], limits: ReadingLimits = ReadingLimits()
  ) throws(ONNXError) -> LoadedNetwork {
    let path = url.path
    var importer: ModelImport
    let metadata: [String: String]
    do throws(ONNXError.Problem) {
      (importer, metadata) = try read(url, limits)
    } catch {
      throw ONNXError(file: path, node: nil, operatorName: nil, problem: error)
    }
    let loaded = try load(&importer, path: path, constants: constants).with(metadata: metadata)
    do throws(NetworkSidecarError) {
      return try loaded.applyingSidecar(beside: url, limits: limits)
    } catch {
      throw ONNXError(file: path, node: nil, operatorName: nil, problem: .sidecar(error))
    }
  }

  private static func read(_ url: URL, _ limits: ReadingLimits) throws(ONNXError.Problem)
    -> (ModelImport, metadata: [String: String])
  {
    let bytes: FileBytes
    let metadata: [String: String]
    do throws(FileFailure) {
      bytes = try FileBytes(url)
      metadata = try ONNXModelFields(bytes, limits: limits)?.metadata ?? [:]
    } catch {
      throw .unreadable(reason: error.reason)
    }
    var budget = ReadingBudget(limits, fileSize: bytes.count)
    let outline: ONNXOutline
    do { outline = try ONNXOutline(bytes, &budget) } catch let failure as FileFailure {
      throw .unreadable(reason: failure.reason)
    } catch let problem as ONNXError.Problem {
      throw problem
    } catch {
      throw .notONNX(reason: "\(error)")
    }
    let graph = outline.model.graph
    guard outline.model.hasGraph, graph.node.count + graph.output.count > 0 else {
      throw .notONNX(reason: "it holds no graph")
    }
    let count = graph.node.count + graph.initializer.count
    guard count <= limits.nodes else { throw .tooManyNodes(count, limit: limits.nodes) }
    let external = ExternalData(
      folder: url.deletingLastPathComponent(), limits: limits, fileSize: bytes.count)
    return (ModelImport(outline, of: bytes, external, budget), metadata)
  }

  /// The network that a parsed file describes; `folder` is where its data files lie.
  static func load(
    _ model: ONNXModelProto, path: String, folder: URL, constants: [String: Tensor],
    limits: ReadingLimits = ReadingLimits()
  ) throws(ONNXError) -> LoadedNetwork {
    var importer = ModelImport(
      model, ExternalData(folder: folder, limits: limits), ReadingBudget(limits, fileSize: 0))
    return try load(&importer, path: path, constants: constants)
  }

  private static func load(
    _ importer: inout ModelImport, path: String, constants: [String: Tensor]
  ) throws(ONNXError) -> LoadedNetwork {
    do throws(ONNXError.Problem) {
      return try importer.run(constants: constants)
    } catch {
      throw ONNXError(
        file: path, node: importer.node?.name, operatorName: importer.node?.operatorName,
        problem: error)
    }
  }
}
