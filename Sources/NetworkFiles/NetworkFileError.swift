public import ConvolutionalNetworks
public import Foundation
public import KerasNetworkFormat
public import NetworkArchitectures
public import NetworkFormats

/// Why a network could not be read from a file: the error of the reader that its bytes were handed to.
///
/// Whatever it is, `file`, `place` and `reason` tell where the fault is and what to do.
public enum NetworkFileError: FileError, Equatable {
  /// There is no file that may be read.
  case unreadable(file: String, reason: String)
  /// Neither the bytes nor the name are those of any format that is read.
  case unknownFormat(file: String)
  /// The file is of a format that is known and not read; `explanation` says which, and what to do.
  case foreignFormat(file: String, explanation: String)
  /// The ONNX file is at fault.
  case onnx(ONNXError)
  /// The Keras file is at fault.
  case keras(KerasError)
  /// The file of weights is at fault.
  case weights(WeightsFileError)
  /// The file holds weights alone, and they are those of no architecture known here.
  case unknownWeights(file: String)
  /// The weights do not fit the architecture, or there is none of that name.
  case architecture(file: String, ArchitectureError)
  /// The sidecar, another file, is at fault.
  case sidecar(NetworkSidecarError)
}

extension NetworkFileError {
  /// The error of the reader; `nil` where no reader was asked.
  private var cause: (any FileError)? {
    switch self {
    case .onnx(let error): error
    case .keras(let error): error
    case .weights(let error): error
    case .sidecar(let error): error
    case .unreadable, .unknownFormat, .foreignFormat, .unknownWeights, .architecture: nil
    }
  }

  public var file: String {
    switch self {
    case .unreadable(let file, _), .unknownFormat(let file), .foreignFormat(let file, _),
      .unknownWeights(let file), .architecture(let file, _):
      file
    case .onnx, .keras, .weights, .sidecar: cause?.file ?? ""
    }
  }

  public var place: String? { cause?.place }

  public var reason: String {
    switch self {
    case .unreadable(_, let reason), .foreignFormat(_, let reason): reason
    case .unknownFormat:
      """
      not a network file. Networks are read from .onnx, .keras, .h5 and .hdf5, weights of published networks from \
      .pth, .pt, .th, .ckpt, .bin, .safetensors and .h5; what a file is called does not matter
      """
    case .unknownWeights:
      """
      it holds weights but no network, and they are those of no architecture known here; name the architecture if \
      it is a known one, or export the network to ONNX
      """
    case .architecture(_, let error): error.reason
    case .onnx, .keras, .weights, .sidecar: cause?.reason ?? ""
    }
  }
}

extension NetworkFileError: LocalizedError {
  public var errorDescription: String? { description }
}
