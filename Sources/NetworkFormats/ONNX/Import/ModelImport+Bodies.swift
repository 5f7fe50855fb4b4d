import ConvolutionalNetworks

// Nodes that stand for graphs of their own: functions of the model, branches whose condition is known, and loops whose
// count is. The nodes of a body are imported as if they stood in the graph around it.
extension ModelImport {
  /// How deep bodies may nest. Functions that call themselves have no end.
  private static let deepestBody = 32
  /// The most times that the body of a loop is imported.
  private static let mostIterations = 1024
  /// The bytes that a node of a body takes while it is imported, more or less; a body may be imported many times.
  private static let nodeSize = 2048

  /// Imports a node that stands for a graph of its own, and says whether it is one.
  mutating func importBodies(of node: ONNXNode) throws(ONNXError.Problem) -> Bool {
    if let function = functions[FunctionName(node)] {
      try importFunction(function, of: node)
      return true
    }
    guard node.domain.isEmpty else { return false }
    switch node.operatorName {
    case "If": try importBranch(of: node)
    case "Loop": try importLoop(node)
    case "Scan": throw .subgraph
    default: return false
    }
    return true
  }

  private mutating func importFunction(_ function: ONNXFunctionProto, of node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var scope = try scope(of: node, label: "")
    scope.values = [:]
    for (position, name) in function.input.enumerated() {
      scope.values[name] = node.hasInput(position) ? node.inputs[position] : ""
    }
    let defaults = function.attributeProto.map { ($0.name, $0) }
    scope.attributes = node.allAttributes().merging(defaults) { given, _ in given }
    let versions = function.opsetImport.filter { ["", "ai.onnx"].contains($0.domain) }
    try importBody(
      function.node, outputs: function.output, as: node.outputs,
      operatorSet: versions.first.map { Int($0.version) } ?? node.operatorSet, &scope)
  }

  private mutating func importBranch(of node: ONNXNode) throws(ONNXError.Problem) {
    let branches = [try node.graph("else_branch"), try node.graph("then_branch")]
    let isMet = try graph.condition(node, 0)
    guard let body = branches[isMet ? 1 : 0] else {
      throw .invalidAttribute(isMet ? "then_branch" : "else_branch", reason: "it is missing")
    }
    var scope = try scope(of: node, label: isMet ? "then/" : "else/")
    try defineInitializers(of: body, &scope)
    try importBody(
      body.node, outputs: body.output.map(\.name), as: node.outputs, operatorSet: node.operatorSet,
      &scope)
  }

  private mutating func importLoop(_ node: ONNXNode) throws(ONNXError.Problem) {
    guard let body = try node.graph("body") else {
      throw .invalidAttribute("body", reason: "it is missing")
    }
    let count = try graph.integers(node, 0)?.first
    var goesOn = node.hasInput(1) ? try graph.condition(node, 1) : true
    var carried = Array(node.inputs.dropFirst(2))
    guard body.input.count == carried.count + 2, body.output.count > carried.count,
      body.output.count - 1 == node.outputs.count
    else { throw .invalidAttribute("body", reason: "its inputs or outputs are not the loop's") }
    var stacks = [[String]](repeating: [], count: node.outputs.count - carried.count)
    var iteration = 0
    while goesOn, iteration < count ?? .max {
      guard iteration < Self.mostIterations else {
        throw .unsupported("a loop of more than \(Self.mostIterations) iterations")
      }
      var scope = try scope(of: node, label: "\(iteration)/")
      let numbers = [("iteration", Double(iteration)), ("condition", 1)]
      for (input, (name, number)) in zip(body.input, numbers) {
        let array = NumberArray(shape: [], numbers: [number])
        scope.values[input.name] = scope.prefix + name
        try graph.define(scope.prefix + name, .numbers(ShapeNumbers(array, isInteger: true)))
      }
      for (input, value) in zip(body.input.dropFirst(2), carried) {
        scope.values[input.name] = value
      }
      try defineInitializers(of: body, &scope)
      let results = body.output.indices.map { "\(scope.prefix)result \($0)" }
      try importBody(
        body.node, outputs: body.output.map(\.name), as: results, operatorSet: node.operatorSet,
        &scope)
      goesOn = try graph.condition(results[0])
      for (position, result) in results.dropFirst(1 + carried.count).enumerated() {
        stacks[position].append(result)
      }
      carried = Array(results.dropFirst().prefix(carried.count))
      iteration += 1
    }
    for (output, value) in zip(node.outputs, carried) where !output.isEmpty {
      try graph.define(output, graph.value(value))
    }
    for (output, stack) in zip(node.outputs.dropFirst(carried.count), stacks) where !output.isEmpty
    {
      guard !stack.isEmpty else { throw .unsupported("what a loop collects in no iterations") }
      try graph.stack(stack, as: output, for: node)
    }
  }

  private func scope(of node: ONNXNode, label: String) throws(ONNXError.Problem) -> GraphScope {
    var scope = node.scope
    scope.prefix = "\(node.name)/\(label)"
    scope.depth += 1
    guard scope.depth <= Self.deepestBody else {
      throw .unsupported("a body within \(Self.deepestBody) others")
    }
    return scope
  }

  private mutating func defineInitializers(of body: ONNXGraphProto, _ scope: inout GraphScope)
    throws(ONNXError.Problem)
  {
    for tensor in body.initializer {
      let name = scope.prefix + tensor.name
      scope.values[tensor.name] = name
      try graph.define(name, graph.decode(tensor, as: name))
    }
  }

  /// Imports the nodes of a body, whose outputs get the names `names` in the graph.
  private mutating func importBody(
    _ protos: [ONNXNodeProto], outputs: [String], as names: [String], operatorSet: Int,
    _ scope: inout GraphScope
  ) throws(ONNXError.Problem) {
    try graph.take(protos.count, of: Self.nodeSize)
    for node in protos {
      for output in node.output where !output.isEmpty {
        scope.values[output] = scope.prefix + output
      }
    }
    // What a node of the body writes is written under its final name at once.
    let written = Set(protos.flatMap(\.output))
    var aliases: [(String, String)] = []
    var named: Set<String> = []
    for (output, name) in zip(outputs, names) where !name.isEmpty {
      if written.contains(output), named.insert(output).inserted {
        scope.values[output] = name
      } else {
        aliases.append((name, output))
      }
    }
    let caller = node
    try importNodes(protos.map { ONNXNode($0, operatorSet: operatorSet, scope: scope) })
    node = caller
    for (name, output) in aliases { try graph.define(name, graph.value(scope.value(output))) }
  }
}

/// What functions of a model are told apart by.
struct FunctionName: Hashable {
  private let domain: String
  private let name: String
  private let overload: String

  init(_ node: ONNXNode) {
    (domain, name, overload) = (node.domain, node.operatorName, node.overload)
  }

  init(_ function: ONNXFunctionProto) {
    domain = function.domain == "ai.onnx" ? "" : function.domain
    (name, overload) = (function.name, function.overload)
  }
}
