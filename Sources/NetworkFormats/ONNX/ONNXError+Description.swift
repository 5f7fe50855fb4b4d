import ConvolutionalNetworks
public import Foundation

extension ONNXError {
  /// The node and its operator.
  public var place: String? { node.map { "node '\($0)' (\(operatorName ?? "?"))" } }

  public var reason: String { "\(problem)" }
}

extension ONNXError: LocalizedError {
  public var errorDescription: String? { description }
}

extension ONNXError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .notONNX(let reason): "not an ONNX file, or damaged: \(reason)"
    case .unsupportedOperatorSet(let version):
      "operator set \(version) is not supported; there is none before 1"
    case .unsupportedOperator(let domain):
      "the operator is not supported" + (domain.isEmpty ? "" : " (domain '\(domain)')")
    case .subgraph: "a graph of its own that is run once for each part of a value is not supported"
    case .unsupportedNodes(let nodes):
      "\(nodes.count) nodes are not supported: " + nodes.prefix(50).joined(separator: "; ")
        + (nodes.count > 50 ? " and more" : "")
    case .unsupportedAttribute(let name, let value): "\(name) = \(value) is not supported"
    case .invalidAttribute(let name, let reason): "attribute '\(name)': \(reason)"
    case .unsupported(let what): "\(what) is not supported"
    case .notConstant(let value):
      "'\(value)' has to be known when the file is read; bind it as a constant"
    case .missingInput(let position): "input \(position) is left out"
    case .undefinedValue(let value): "reads '\(value)', which nothing writes"
    case .unsupportedOutput(let value, let node):
      "reads '\(value)', an output of '\(node)' that is not supported"
    case .duplicateValue(let value): "'\(value)' is written twice"
    case .cycle(let nodes):
      "the graph has a cycle through \(nodes.map { "'\($0)'" }.joined(separator: ", "))"
    case .elementType(let tensor, let type):
      "'\(tensor)' holds numbers of type \(type), which is not supported"
    case .invalidShape(let tensor, let extents):
      "'\(tensor)' has the impossible shape \(extents)"
    case .dataCount(let tensor, let expected, let actual):
      "'\(tensor)' takes \(expected) bytes or numbers but holds \(actual)"
    case .externalData(let tensor, let reason): "the data of '\(tensor)': \(reason)"
    case .shapeArithmetic(let reason): "shape arithmetic: \(reason)"
    case .unknownConstant(let name): "the graph has no input '\(name)' to bind"
    case .tooMuchMemory(let needed, let limit):
      """
      reading it would take \(formattedBytes(needed)) of memory or more, and a file of its size may take \
      \(formattedBytes(limit)); if you trust it, raise ReadingLimits.baseMemory
      """
    case .tooManyNodes(let count, let limit):
      """
      it describes \(count) nodes and tensors, and may describe \(limit); if you trust it, raise \
      ReadingLimits.nodes
      """
    case .network(let error): "\(error)"
    case .sidecar(let error): "\(error)"
    }
  }
}
