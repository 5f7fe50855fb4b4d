internal import CFVFiles
import ConvolutionalNetworks
import Foundation

/// The import of one file, step by step.
struct ModelImport {
  var model: ONNXModelProto
  /// Where the bytes of initializers lie that the message has not got, by position.
  private var places: [Int: Range<Int>] = [:]
  private var file: FileBytes?
  var graph: GraphImport
  /// The operators that the model defines itself.
  let functions: [FunctionName: ONNXFunctionProto]
  var inputs: [NetworkInput] = []
  /// The values that are known before any node is imported.
  private var known: Set<String> = []
  /// The node being imported, which an error is about.
  var node: ONNXNode?

  /// The import of a file some of whose weights were left in it.
  init(
    _ outline: ONNXOutline, of bytes: FileBytes, _ external: ExternalData, _ budget: ReadingBudget
  ) {
    self.init(outline.model, external, budget)
    places = outline.places
    file = bytes
  }

  init(_ model: ONNXModelProto, _ external: ExternalData, _ budget: ReadingBudget) {
    self.model = model
    var names: Set<String> = []
    for node in model.graph.node { names.formUnion(node.output) }
    names.formUnion(model.graph.input.map(\.name))
    names.formUnion(model.graph.initializer.map(\.name))
    var reads = model.graph.node.flatMap(\.input) + model.graph.output.map(\.name)
    for node in model.graph.node {
      for attribute in node.attribute where attribute.hasG {
        // A body may be imported several times.
        reads += attribute.g.freeNames.flatMap { [$0, $0] }
      }
    }
    functions = Dictionary(model.functions.map { (FunctionName($0), $0) }) { first, _ in first }
    graph = GraphImport(
      valueNames: names, outputNames: Set(model.graph.output.map(\.name)),
      readCounts: Dictionary(reads.map { ($0, 1) }, uniquingKeysWith: +),
      decoder: TensorDecoder(externalData: external), budget: budget)
    graph.quantizedValues = QuantizedValues(model.graph)
  }

  /// The network that the file describes.
  mutating func run(constants: [String: Tensor]) throws(ONNXError.Problem) -> LoadedNetwork {
    let operatorSet = try operatorSet()
    try defineConstants(constants)
    try defineInputs(except: constants)
    known = Set(constants.keys).union(inputs.map(\.name))
    try importNodes(model.graph.node.map { ONNXNode($0, operatorSet: operatorSet) })
    node = nil
    return try network()
  }

  /// Imports nodes, each after those that it reads from. What is not supported stays in the network as such.
  mutating func importNodes(_ nodes: [ONNXNode]) throws(ONNXError.Problem) {
    for node in try orderedNodes(nodes, known: known) {
      self.node = node
      let (layerCount, unsupportedCount) = (graph.layers.count, graph.unsupported.count)
      do throws(ONNXError.Problem) {
        try importNode(node)
      } catch {
        guard error.isUnsupported, !node.outputs.isEmpty else { throw error }
        self.node = node
        graph.takeBack(node, layersFrom: layerCount, unsupportedFrom: unsupportedCount)
        try graph.leaveOut(node, because: error)
      }
    }
  }

  private mutating func operatorSet() throws(ONNXError.Problem) -> Int {
    let imports = model.opsetImport.filter { ["", "ai.onnx"].contains($0.domain) }
    let version = Int(imports.map(\.version).max() ?? 1)
    guard version >= ONNXFile.oldestOperatorSet else { throw .unsupportedOperatorSet(version) }
    if version > ONNXFile.newestOperatorSet {
      graph.warn(
        "operator set \(version) is newer than \(ONNXFile.newestOperatorSet), the newest known here"
      )
    }
    return version
  }

  /// The bytes that a tensor takes besides its elements, more or less.
  private static let tensorSize = 256

  /// Defines what the file and the caller give values for; the caller's count.
  private mutating func defineConstants(_ constants: [String: Tensor]) throws(ONNXError.Problem) {
    if let sparse = model.graph.sparseInitializer.first {
      throw .elementType(tensor: sparse.values.name, type: "sparse")
    }
    // Taken out one by one, so that the file's bytes and their decoded copies are never all in memory.
    var tensors = model.graph.initializer
    model.graph.initializer = []
    var names: Set<String> = []
    while let tensor = tensors.popLast() {
      try graph.take(Self.tensorSize, of: 1)
      names.insert(tensor.name)
      guard constants[tensor.name] == nil else { continue }
      if let file, let place = places[tensors.count] {
        try graph.define(tensor.name, graph.decode(tensor, storedAt: place, of: file))
      } else {
        try graph.define(tensor.name, graph.decode(tensor, as: tensor.name))
      }
    }
    let declared = Dictionary(model.graph.input.map { ($0.name, $0) }) { first, _ in first }
    for (name, tensor) in constants {
      let input = declared[name]
      guard input != nil || names.contains(name) else { throw .unknownConstant(name) }
      let isInteger = input.map { $0.type.tensorType.isInteger } ?? false
      try graph.define(
        name,
        isInteger
          ? .numbers(ShapeNumbers(NumberArray(tensor), isInteger: true)) : .constant(tensor))
    }
  }

  private mutating func importNode(_ node: ONNXNode) throws(ONNXError.Problem) {
    guard !node.outputs.isEmpty else { throw .unsupported("a node without outputs") }
    if node.operatorName == "Constant", node.domain.isEmpty {
      try defineConstant(node)
    } else if try !importBodies(of: node) {
      let old = node.domain.isEmpty ? OldOperatorSets.importer(of: node) : nil
      guard let importOperator = old ?? OperatorImports.domains[node.domain]?[node.operatorName]
      else { throw .unsupportedOperator(domain: node.domain) }
      try importOperator(&graph, node)
      try graph.passOnQuantization(node)
      try graph.quantizedValues.types.add(node)
    }
    graph.closeOutputs(of: node)
    graph.warnOfUnreadAttributes(of: node)
  }

  /// Defines the output of a Constant node.
  private mutating func defineConstant(_ node: ONNXNode) throws(ONNXError.Problem) {
    guard let output = node.outputs.first else { return }
    if let tensor = try node.tensor("value") {
      try graph.define(output, graph.decode(tensor, as: output))
    } else if let number = try node.float("value_float") {
      try graph.define(output, .constant(Tensor(shape: [], elements: [number])))
    } else if let numbers = try node.floats("value_floats") {
      try graph.define(output, .constant(Tensor(shape: [numbers.count], elements: numbers)))
    } else if let integer = try node.int("value_int") {
      let array = NumberArray(shape: [], numbers: [Double(integer)])
      try graph.define(output, .numbers(ShapeNumbers(array, isInteger: true)))
    } else if let integers = try node.ints("value_ints") {
      try graph.define(output, .numbers(.integers(integers)))
    } else {
      throw .unsupported("a constant that is not a tensor of numbers")
    }
  }

  /// Everything that is not supported, at once.
  private mutating func unsupported() -> ONNXError.Problem {
    let nodes = graph.unsupported
    if nodes.count == 1 {
      node = nodes[0].node
      return nodes[0].problem
    }
    return .unsupportedNodes(
      nodes.map { "node '\($0.node.name)' (\($0.node.operatorName)): \($0.problem)" })
  }

  private mutating func network() throws(ONNXError.Problem) -> LoadedNetwork {
    let outputs = try outputs()
    if graph.isWhollyUnsupported { throw unsupported() }
    var patterns = ActivationPatterns(graph.layers, outputs: outputs)
    let layers = patterns.simplifiedLayers()
    do throws(VisualizationError) {
      let network = try NeuralNetwork(
        layout: .channelsFirst, inputs: inputs, layers: layers, outputs: outputs)
      return LoadedNetwork(network: network, warnings: graph.warnings.all)
    } catch {
      throw .network(error)
    }
  }

  /// The names of the values that the network hands out, those of the file that can be had.
  private mutating func outputs() throws(ONNXError.Problem) -> [String] {
    var outputs: [String] = []
    var failure: ONNXError.Problem?
    for output in model.graph.output {
      do throws(ONNXError.Problem) {
        if case .numbers(let numbers) = try graph.value(output.name), numbers.constant == nil {
          graph.warn("output '\(output.name)' is computed from shapes alone and left out")
        } else {
          outputs.append(try graph.output(output.name))
        }
      } catch {
        guard error.isUnsupported else { throw error }
        graph.warn("output '\(output.name)' is left out: \(error)")
        failure = failure ?? error
      }
    }
    if outputs.isEmpty, let failure { throw failure }
    return outputs
  }
}
