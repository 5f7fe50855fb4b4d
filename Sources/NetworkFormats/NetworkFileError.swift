/// Why a network could not be read from a file.
public enum NetworkFileError: Error, Equatable, Sendable {
  /// The file's extension names no format that is read.
  case unknownFormat(file: String)
  /// The ONNX file is at fault.
  case onnx(ONNXError)
  /// The sidecar is at fault.
  case sidecar(NetworkSidecarError)
}

extension NetworkFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownFormat(let file):
      "\(file): not a network file of a known format (.onnx; .keras, .h5 and .hdf5 with KerasFile)"
    case .onnx(let error): "\(error)"
    case .sidecar(let error): "\(error)"
    }
  }
}
