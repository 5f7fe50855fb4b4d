public import ConvolutionalNetworks
public import Foundation

/// Why a network could not be written as ONNX, with the layer at fault.
public struct ONNXExportError: FileError, Equatable {
  /// The file's path.
  public let file: String
  /// The layer's name; `nil` where no single layer is at fault.
  public let layer: String?
  /// What is wrong.
  public let problem: Problem

  /// What can keep a network from being written.
  public enum Problem: Error, Equatable, Sendable {
    /// ONNX, or this writer, has nothing for it.
    case unsupported(String)
    /// The network's layers do not fit the shapes of its inputs.
    case network(VisualizationError)
    /// The operating system does not let the file be written.
    case unwritable(reason: String)
  }
}

extension ONNXExportError {
  public var place: String? { layer.map { "layer '\($0)'" } }

  public var reason: String { "\(problem)" }
}

extension ONNXExportError: LocalizedError {
  public var errorDescription: String? { description }
}

extension ONNXExportError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unsupported(let what): "\(what) cannot be written as ONNX"
    case .network(let error): "\(error)"
    case .unwritable(let reason): "cannot be written: \(reason)"
    }
  }
}
