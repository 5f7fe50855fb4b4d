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
    /// The pickle names what is there to be run, all of it; nothing in it is executed.
    case forbiddenGlobals([String])
    /// The pickle holds a whole module of this class, which is code, and no dictionary of tensors.
    case wholeModule(String)
    /// The file is a program of TorchScript.
    case torchScript
    /// The file is a program of `torch.export`.
    case exportedProgram
    /// The file holds no tensor of this name.
    case missing
    /// Tensors hold numbers of types that are not read: all of these types.
    case elementTypes([String])
    /// Files that the index of a file in parts names are not there, or not those that it means.
    case shards(reason: String)
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

  public var reason: String {
    problem.explanation(of: file.split(separator: "/").last.map(String.init) ?? file)
  }
}

extension WeightsFileError: LocalizedError {
  public var errorDescription: String? { description }
}
