public import ConvolutionalNetworks
public import Foundation

/// Why weights could not be read from a file, with the tensor at fault.
public struct WeightsFileError: FileError, Equatable {
  /// The file's path.
  public let file: String
  /// The tensor's name; `nil` where no single tensor is at fault.
  public let tensor: String?
  /// What is wrong.
  public let problem: Problem

  package init(file: String, tensor: String? = nil, problem: Problem) {
    self.file = file
    self.tensor = tensor
    self.problem = problem
  }

  /// What can be wrong with a file of weights.
  public enum Problem: Error, Equatable, Sendable {
    /// The operating system does not let the file be read.
    case unreadable(reason: String)
    /// The file begins like none of the formats that are read.
    case unknownFormat
    /// The file breaks a rule of its format.
    case damaged(reason: String)
    /// The file is sound as far as can be told, but holds something that is not read.
    case unsupported(String)
    /// The pickle names something that tensors do not need; nothing in it is executed.
    case forbiddenGlobal(String)
    /// The file holds no tensor of this name.
    case missing
    /// The tensor's numbers are of a type that is not read.
    case elementType(String)
    /// The tensor's extents are negative or too large, or its elements lie outside its storage.
    case layout(reason: String)
    /// Reading the file would take more than `ReadingLimits` allow, or than the machine has.
    case exceedsLimits(reason: String)
    /// The operating system does not let the file be written.
    case unwritable(reason: String)
  }
}

extension WeightsFileError {
  public var place: String? { tensor.map { "tensor '\($0)'" } }

  public var reason: String { "\(problem)" }
}

extension WeightsFileError: LocalizedError {
  public var errorDescription: String? { description }
}

extension WeightsFileError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .unknownFormat: "not a file of weights of a known format (safetensors, PyTorch)"
    case .damaged(let reason): "truncated or damaged: \(reason)"
    case .unsupported(let what): "\(what) is not supported"
    case .forbiddenGlobal(let name):
      "refers to \(name), which tensors do not need: save the state dictionary alone"
    case .missing: "is not in the file"
    case .elementType(let type): "holds numbers of type \(type), which is not supported"
    case .layout(let reason), .exceedsLimits(let reason): reason
    case .unwritable(let reason): "cannot be written: \(reason)"
    }
  }
}
