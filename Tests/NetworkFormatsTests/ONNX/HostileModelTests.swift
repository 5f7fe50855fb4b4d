import CFVTestData
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the machine from small files that ask for much memory: what reading them takes is bounded by their size.
@Suite("ONNX: hostile models", .serialized) struct HostileModelTests {
  private func expectTooMuchMemory(
    _ model: ModelBuilder, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard case .failure(let error) = try model.loadOnSmallStack() else {
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
      _ = try model.loadOnSmallStack().get()
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
    guard case .failure(let error) = try model.loadOnSmallStack() else {
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
    let warnings = try model.loadOnSmallStack().get().warnings
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
    let network = try model.loadOnSmallStack().get().network
    #expect(throws: VisualizationError.self) { try network.inferShapes(["x": [1, 3]]) }
    var other = ModelBuilder()
    other.floats("w", Array(repeating: 1, count: 1000), [1])
    other.input("x", [1, 3])
    other.node("Add", ["x", "w"], ["y"])
    other.output("y")
    guard case .failure(let error) = try other.loadOnSmallStack(),
      case .invalidShape = error.problem
    else {
      Issue.record("a tensor of a thousand axes is read")
      return
    }
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
    let network = try model.loadOnSmallStack().get().network
    let seconds = try SmallStack.run {
      #expect(throws: VisualizationError.self) {
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
        do throws(VisualizationError) {
          _ = try network.summary(inputShapes: shapes)
          _ = try Program(
            network, inputShapes: shapes, taps: [-1], options: .init(memoryLimit: 1 << 29))
        } catch { #expect(name != "chain_div_2000", "\(error)") }
      } catch { #expect(name != "chain_div_2000", "\(error)") }
    }
    #expect(seconds < 5, "\(seconds) s")
  }
}
