import CFVTestData
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the machine from small files that ask for much: what reading them takes is bounded by their size.
@Suite("ONNX: hostile models", .serialized) struct HostileModelTests {
  /// Loads a model on a small stack, within five seconds.
  private func load(
    _ model: ModelBuilder, folder: URL = FileManager.default.temporaryDirectory,
    limits: ReadingLimits = ReadingLimits()
  ) throws -> Result<LoadedNetwork, ONNXError> {
    nonisolated(unsafe) var result: Result<LoadedNetwork, ONNXError>?
    let seconds = try SmallStack.run {
      do throws(ONNXError) {
        result = .success(
          try ONNXFile.load(
            model.model, path: "model.onnx", folder: folder, constants: [:], limits: limits))
      } catch { result = .failure(error) }
    }
    #expect(seconds < 20, "\(seconds) s")
    return try #require(result)
  }

  private func expectTooMuchMemory(
    _ model: ModelBuilder, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard case .failure(let error) = try load(model) else {
      Issue.record("the model is read", sourceLocation: sourceLocation)
      return
    }
    guard case .tooMuchMemory(let needed, let limit) = error.problem else {
      Issue.record("\(error)", sourceLocation: sourceLocation)
      return
    }
    #expect(needed > limit && limit == ReadingLimits().baseMemory, sourceLocation: sourceLocation)
    #expect("\(error)".contains("ReadingLimits"), sourceLocation: sourceLocation)
  }

  /// Protects against tensors of equal numbers, of which a few bytes of the file make as much memory as there is.
  @Test(arguments: [(1, 1 << 40), (2, 1 << 20), (40, 1 << 22), (1, 1 << 62)])
  func filledTensors(count: Int, elements: Int) throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.integers(
      "shape", [Int64(elements / min(elements, 1 << 10)), Int64(min(elements, 1 << 10))])
    var last = "x"
    for number in 0..<count {
      model.node("ConstantOfShape", ["shape"], ["filled\(number)"])
      model.node("Add", [last, "filled\(number)"], ["sum\(number)"])
      last = "sum\(number)"
    }
    model.output(last)
    if count * elements > 1 << 26 {
      try expectTooMuchMemory(model)
    } else {
      _ = try load(model).get()
    }
  }

  /// Protects against every operation that makes many numbers of few.
  @Test(
    arguments: [
      ("Range", [["zero"], ["many"], ["one"]]), ("Tile", [["pair"], ["manyVector"]]),
      ("Expand", [["one"], ["manySquare"]]), ("ConstantOfShape", [["manySquare"]]),
    ] as [(String, [[String]])])
  func foldedConstants(operation: String, inputs: [[String]]) throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.integers("zero", [0], shape: [])
    model.integers("one", [1], shape: [])
    model.integers("many", [1 << 40], shape: [])
    model.integers("pair", [1, 2])
    model.integers("manyVector", [1 << 24])
    model.integers("manySquare", [1 << 20, 1 << 20])
    // Twenty times half of what there is, where one alone is small enough.
    for number in 0..<20 {
      model.node(operation, inputs.flatMap(\.self), ["y\(number)"])
    }
    model.node("Relu", ["x"], ["y"])
    model.output("y")
    guard case .failure(let error) = try load(model) else {
      Issue.record("the model is read")
      return
    }
    switch error.problem {
    case .tooMuchMemory, .shapeArithmetic: break
    default: Issue.record("\(error)")
    }
  }

  /// Protects against weights of which every layer that reads them makes a copy of its own.
  @Test(arguments: ["Conv", "MatMul", "Gemm", "ConvTranspose"])
  func weightsThatManyLayersShare(_ operation: String) throws {
    let isMatrix = ["MatMul", "Gemm"].contains(operation)
    var model = ModelBuilder()
    model.input("x", isMatrix ? [1, 1024] : [1, 1024, 1, 1])
    model.floats(
      "w", isMatrix ? [1024, 1024] : [1024, 1024, 1, 1],
      Array(repeating: 0.001, count: 1 << 20))
    var last = "x"
    for number in 0..<100 {
      model.node(operation, [last, "w"], ["y\(number)"])
      last = "y\(number)"
    }
    model.output(last)
    try expectTooMuchMemory(model)
  }

  /// Protects against long lists of positions that many layers share.
  @Test func positionsThatManyLayersShare() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.integers("positions", Array(repeating: 0, count: 1 << 20))
    for number in 0..<100 {
      model.node("Gather", ["x", "positions"], ["y\(number)"], ["axis": 1])
      model.output("y\(number)")
    }
    try expectTooMuchMemory(model)
  }

  /// Protects against one node that becomes many layers, each with a name as long as the node's.
  @Test func longNames() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node(
      "Sum", Array(repeating: "x", count: 10_000), ["y"],
      name: String(repeating: "n", count: 1 << 17))
    model.output("y")
    try expectTooMuchMemory(model)
  }

  /// Protects against warnings without end.
  @Test func manyWarnings() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    let attributes = (0..<20_000).map { ("attribute\($0)", AttributeValue.int(1)) }
    model.node(
      "Relu", ["x"], ["y"], name: String(repeating: "n", count: 1 << 16),
      Dictionary(uniqueKeysWithValues: attributes))
    model.output("y")
    let warnings = try load(model).get().warnings
    #expect(warnings.count == 101)
    #expect(warnings.allSatisfy { $0.count <= 1000 })
  }

  /// Protects against shapes with a million axes.
  @Test func manyAxes() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.integers("ones", [3] + Array(repeating: 1, count: 1 << 20))
    model.node("Reshape", ["x", "ones"], ["y"])
    model.output("y")
    let network = try load(model).get().network
    #expect(throws: NetworkError.self) { try network.inferShapes(["x": [1, 3]]) }
    var other = ModelBuilder()
    other.floats("w", Array(repeating: 1, count: 1000), [1])
    other.input("x", [1, 3])
    other.node("Add", ["x", "w"], ["y"])
    other.output("y")
    guard case .failure(let error) = try load(other), case .invalidShape = error.problem else {
      Issue.record("a tensor of a thousand axes is read")
      return
    }
  }

  /// Protects against shape arithmetic that doubles at each node, and against chains of it.
  @Test(arguments: [1, 2])
  func shapeArithmeticWithoutEnd(references: Int) throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.node("Shape", ["x"], ["s0"])
    let count = references == 1 ? 50_000 : 2_000
    for number in 0..<count {
      model.node(
        "Max", Array(repeating: "s\(number)", count: references + 1), ["s\(number + 1)"])
    }
    model.node("Reshape", ["x", "s\(count)"], ["y"])
    model.output("y")
    let network = try load(model).get().network
    let seconds = try SmallStack.run {
      let shapes = try network.inferShapes(["x": [2, 3, 16, 16]]).shapes
      #expect(shapes["y"] == [2, 3, 16, 16])
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects against arithmetic on shapes that makes many numbers once sizes are known.
  @Test func shapeArithmeticThatMakesMuch() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, nil, nil])
    model.node("Shape", ["x"], ["s"])
    for number in 0..<200 {
      model.node("ConstantOfShape", ["s"], ["filled\(number)"])
      model.node("Add", [number == 0 ? "x" : "y\(number - 1)", "filled\(number)"], ["y\(number)"])
    }
    model.output("y199")
    let network = try load(model).get().network
    let seconds = try SmallStack.run {
      #expect(throws: NetworkError.self) { try network.inferShapes(["x": [1, 3, 1024, 1024]]) }
      let shapes = try network.inferShapes(["x": [1, 3, 8, 8]]).shapes
      #expect(shapes["y199"] == [1, 3, 8, 8])
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects chains and nests of 50,000 nodes, which take seconds.
  @Test(arguments: ["Relu", "Identity", "Mul", "Div", "Add", "Conv", "Clip", "Sum", "Concat"])
  func longChains(_ operation: String) throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 2, 2])
    model.floats("two", [], [2])
    model.floats("w", [1, 1, 1, 1], [1])
    var last = "x"
    let count = 50_000
    switch operation {
    case "Sum", "Concat":
      for number in 0..<count { model.node("Relu", ["x"], ["y\(number)"], name: "same") }
      model.node(operation, (0..<count).map { "y\($0)" }, ["y"], ["axis": 1])
      last = "y"
    default:
      let others = ["Mul": ["two"], "Div": ["two"], "Add": ["two"], "Conv": ["w"]]
      for number in 0..<count {
        model.node(
          operation, [last] + (others[operation] ?? []), ["y\(number)"], name: "same")
        last = "y\(number)"
      }
    }
    model.output(last)
    let network = try load(model).get().network
    #expect(network.layers.count >= count)
    let seconds = try SmallStack.run {
      let rows = try network.summary(inputShapes: ["x": [1, 2, 2, 1]])
      #expect(rows.last?.outputShape == (operation == "Concat" ? [1, 2, 2, count] : [1, 2, 2, 1]))
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects activations that are written as products, wherever they stand.
  @Test func patternsInLongChainsAreFound() throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 2, 2])
    model.floats("two", [], [2])
    var last = "x"
    for number in 0..<100 {
      model.node("Mul", [last, "two"], ["m\(number)"])
      last = "m\(number)"
    }
    model.node("Sigmoid", [last], ["gate"])
    model.node("Mul", [last, "gate"], ["y"])
    model.output("y")
    let network = try load(model).get().network
    #expect((network.layers.last?.operation as? Activation)?.function == .silu)
  }

  /// Protects the file's own count of its nodes, and files of 300,000 tensors.
  @Test func numbersOfNodesAndTensors() throws {
    let folder = try TemporaryFolder()
    var model = ModelBuilder()
    model.input("x", [1, 1])
    var tensor = ONNXTensorProto(floats: [1], shape: [1, 1])
    var tensors: [ONNXTensorProto] = []
    for number in 0..<300_000 {
      tensor.name = "w\(number)"
      tensors.append(tensor)
    }
    model.model.graph.initializer = tensors
    model.node("Add", ["x", "w0"], ["y"])
    model.output("y")
    let url = try folder.write(try model.model.serializedData(), to: "many.onnx")
    let seconds = try SmallStack.run { _ = try ONNXFile.load(url) }
    #expect(seconds < 20, "\(seconds) s")
    let error = #expect(throws: ONNXError.self) {
      try ONNXFile.load(url, limits: ReadingLimits(nodes: 300_000))
    }
    #expect(error?.problem == .tooManyNodes(300_001, limit: 300_000))
  }

  /// Protects against messages of two bytes each, which take hundreds once they are parsed.
  @Test func emptyMessages() throws {
    let folder = try TemporaryFolder()
    // 2,000,000 nodes without contents, in a graph, in a model.
    let nodes = Data((0..<2_000_000).flatMap { _ in [0x0A, 0x00] as [UInt8] })
    var file = Data([0x3A])
    var size = nodes.count
    while size >= 0x80 {
      file.append(UInt8(size & 0x7F | 0x80))
      size >>= 7
    }
    file.append(UInt8(size))
    file.append(nodes)
    let url = try folder.write(file, to: "empty.onnx")
    let error = #expect(throws: ONNXError.self) { try ONNXFile.load(url) }
    guard case .tooMuchMemory = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// Protects against data files that claim more than they hold, and against those with holes.
  @Test(arguments: [(Int64(4), "68719476736"), (1 << 34, "68719476736"), (1 << 34, nil)])
  func externalDataThatIsNotThere(elements: Int64, length: String?) throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(Data(count: 16), to: "sparse.bin")
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: 1 << 36)
    try handle.close()
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [elements]
    tensor.dataType = 1
    tensor.dataLocation = .external
    for (key, value) in ["location": "sparse.bin", "length": length] {
      guard let value else { continue }
      var entry = ONNXStringStringEntryProto()
      (entry.key, entry.value) = (key, value)
      tensor.externalData.append(entry)
    }
    var model = ModelBuilder()
    model.model.graph.initializer = [tensor]
    model.input("x", [1, 1])
    model.node("Add", ["x", "w"], ["y"])
    model.output("y")
    guard case .failure(let error) = try load(model, folder: folder.url) else {
      Issue.record("the model is read")
      return
    }
    switch error.problem {
    case .tooMuchMemory, .dataCount, .externalData: break
    default: Issue.record("\(error)")
    }
  }

  /// Protects the limit's part that grows with the files: a network's data in a file beside it counts.
  @Test func externalDataRaisesTheLimit() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Data(count: 1 << 20), to: "w.bin")
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [1 << 18]
    tensor.dataType = 1
    tensor.dataLocation = .external
    var entry = ONNXStringStringEntryProto()
    (entry.key, entry.value) = ("location", "w.bin")
    tensor.externalData = [entry]
    var model = ModelBuilder()
    model.model.graph.initializer = [tensor]
    model.input("x", [1, 1])
    model.node("Add", ["x", "w"], ["y"])
    model.output("y")
    let little = ReadingLimits(baseMemory: 4096)
    _ = try load(model, folder: folder.url, limits: little).get()
    let none = ReadingLimits(baseMemory: 4096, memoryPerByte: 1)
    guard case .failure(let error) = try load(model, folder: folder.url, limits: none),
      case .tooMuchMemory = error.problem
    else {
      Issue.record("the model is read")
      return
    }
  }

  /// Protects values that are huge though their file is small: the network is read, and refused for its size.
  @Test(
    arguments: [
      ("Resize", [1, 1, 4096, 4096]), ("Resize", [1, 1, 1 << 20, 1 << 20]),
      ("Tile", [1, 1, 1 << 20, 1 << 20]), ("Expand", [1 << 20, 1, 1 << 20, 1 << 20]),
      ("Pad", [0, 0, 1 << 24, 1 << 24, 0, 0, 1 << 24, 1 << 24]),
    ] as [(String, [Int64])])
  func hugeValues(operation: String, numbers: [Int64]) throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 1, 1])
    model.integers("numbers", numbers)
    let inputs = operation == "Resize" ? ["x", "", "", "numbers"] : ["x", "numbers"]
    model.node(operation, inputs, ["y"])
    model.node("Relu", ["y"], ["z"])
    model.output("z")
    let network = try load(model).get().network
    let seconds = try SmallStack.run {
      #expect(throws: NetworkError.self) {
        try Program(
          network, inputShapes: ["x": [1, 1, 1, 1]], taps: [-1],
          options: .init(memoryLimit: 1 << 24))
      }
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects against the files that once took gigabytes, minutes, or the process.
  @Test(
    arguments: [
      "cos_20", "resize_big", "ext_sparse_length", "chain_div_2000", "bn_negvar",
    ])
  func knownFiles(_ name: String) throws {
    guard let url = DataFolder.item("cases/hostile/\(name).onnx") else { return }
    let seconds = try SmallStack.run {
      do throws(ONNXError) {
        let network = try ONNXFile.load(url).network
        let shapes = Dictionary(
          uniqueKeysWithValues: network.inputs.map {
            ($0.name, $0.presentedShape.map { $0 ?? 2 })
          })
        #expect(name == "chain_div_2000" || name == "resize_big")
        do throws(NetworkError) {
          _ = try network.summary(inputShapes: shapes)
          _ = try Program(
            network, inputShapes: shapes, taps: [-1], options: .init(memoryLimit: 1 << 29))
        } catch { #expect(name != "chain_div_2000", "\(error)") }
      } catch { #expect(name != "chain_div_2000", "\(error)") }
    }
    #expect(seconds < 5, "\(seconds) s")
  }
}
