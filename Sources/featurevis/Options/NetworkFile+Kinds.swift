import EmbeddedNetworks
import Foundation

extension NetworkFile {
  /// Endings of Keras models, and of Keras weights.
  static let kerasExtensions: Set = ["keras", "h5", "hdf5"]
  /// Endings of files that hold weights and no network.
  static let weightsExtensions: Set = ["pth", "pt", "th", "safetensors"]

  /// Refuses what no reader is asked to read, in the words of somebody who has named the wrong thing.
  ///
  /// - Throws: `ToolError` for what is not there, is no file, is empty, may not be read or has an ending that means
  ///   nothing here.
  func validateKind(of url: URL) throws {
    let boxed = EmbeddedNetwork.allCases.map(\.rawValue).joined(separator: ", ")
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      guard errno == ENOENT else {
        throw ToolError("\(path): cannot be read: \(String(cString: strerror(errno)))")
      }
      throw ToolError(
        "\(path): no such file, and no network in the box of this name (there are \(boxed))")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw ToolError(
        """
        \(path): a folder is no network; say a file in it. TensorFlow's SavedModel folders are not read: save as \
        .keras, or export to ONNX
        """)
    default: throw ToolError("\(path): it is no regular file")
    }
    guard access(url.path, R_OK) == 0 else {
      throw ToolError("\(path): cannot be read: \(String(cString: strerror(errno)))")
    }
    guard status.st_size > 0 else { throw ToolError("\(path): the file is empty") }
    let ending = url.pathExtension.lowercased()
    guard
      architecture != nil || ending == "onnx" || Self.kerasExtensions.contains(ending)
        || Self.weightsExtensions.contains(ending)
    else {
      throw ToolError(
        """
        \(path): not a network file, by its name. Networks are read from .onnx, .keras, .h5 and .hdf5, weights of \
        published networks from .pth, .pt, .th, .safetensors and .h5, or, with --architecture, from any file that \
        torch.save wrote
        """)
    }
  }
}
