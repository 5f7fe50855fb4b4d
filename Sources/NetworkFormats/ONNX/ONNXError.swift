public import ConvolutionalNetworks

/// Why an ONNX file could not be imported, with the node at fault.
public struct ONNXError: FileError, Equatable {
  /// The file's path.
  public let file: String
  /// The node's name, or that of its first output; `nil` where no single node is at fault.
  public let node: String?
  /// The node's operator, such as `Conv`.
  public let operatorName: String?
  /// What is wrong.
  public let problem: Problem

  /// What can be wrong with an ONNX file.
  public enum Problem: Error, Equatable, Sendable {
    /// The file cannot be read.
    case unreadable(reason: String)
    /// The file is no ONNX file, or damaged.
    case notONNX(reason: String)
    /// The file states an operator set that there is not.
    case unsupportedOperatorSet(Int)
    /// Nothing here does what the operator does; `domain` is empty for ONNX's own.
    case unsupportedOperator(domain: String)
    /// The node runs a graph of its own in a way that is not supported.
    case subgraph
    /// Nothing that depends on an input can be computed: all nodes that are not supported, each with its reason.
    case unsupportedNodes([String])
    /// The operator is supported, but not with this value of an attribute.
    case unsupportedAttribute(String, value: String)
    /// An attribute breaks the operator's rule.
    case invalidAttribute(String, reason: String)
    /// The operator is supported, but not this use of it.
    case unsupported(String)
    /// An input has to be known when the file is read: bind it with `constants`.
    case notConstant(String)
    /// A required input is left out.
    case missingInput(position: Int)
    /// A value is read that nothing writes.
    case undefinedValue(String)
    /// A value is read that only training needs, such as a dropout's mask.
    case unsupportedOutput(String, of: String)
    /// Two nodes write the same value.
    case duplicateValue(String)
    /// These nodes wait for one another.
    case cycle(nodes: [String])
    /// A tensor holds numbers of a type that is not supported.
    case elementType(tensor: String, type: String)
    /// A tensor's extents are negative or too large.
    case invalidShape(tensor: String, extents: [Int])
    /// A tensor holds more or fewer bytes, or numbers, than its shape takes.
    case dataCount(tensor: String, expected: Int, actual: Int)
    /// A tensor's data in another file cannot be had.
    case externalData(tensor: String, reason: String)
    /// Arithmetic on shapes fails.
    case shapeArithmetic(reason: String)
    /// A constant given by the caller is no input of the graph.
    case unknownConstant(String)
    /// Reading the file would take more memory than a file of its size may: see `ReadingLimits`.
    case tooMuchMemory(needed: Int, limit: Int)
    /// The file describes more nodes and tensors than a file may: see `ReadingLimits`.
    case tooManyNodes(Int, limit: Int)
    /// The graph makes no network.
    case network(VisualizationError)
    /// The sidecar is at fault.
    case sidecar(NetworkSidecarError)
  }
}

extension ONNXError.Problem {
  /// Whether the file may be sound and only this package does not do what it asks for.
  var isUnsupported: Bool {
    switch self {
    case .unsupportedOperator, .subgraph, .unsupportedAttribute, .unsupported, .notConstant,
      .unsupportedOutput, .shapeArithmetic:
      true
    default: false
    }
  }
}
