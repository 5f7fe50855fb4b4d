import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

@Suite("ONNX: blocks, repetitions and choices become layers")
struct RearrangementImportTests {
  /// Protects the two orders in which channels become blocks.
  @Test func blocks() throws {
    let plain = ModelBuilder.single("DepthToSpace", shape: [1, 8, 2, 2], ["blocksize": 2])
    #expect(try plain.load().operation(as: DepthToSpace.self).order == .depthColumnRow)
    let shuffle = ModelBuilder.single(
      "DepthToSpace", shape: [1, 8, 2, 2], ["blocksize": 2, "mode": "CRD"])
    #expect(try shuffle.load().operation(as: DepthToSpace.self).order == .columnRowDepth)
    #expect(try shuffle.load().shape(for: [1, 8, 2, 2]) == [1, 2, 4, 4])
    let space = ModelBuilder.single("SpaceToDepth", ["blocksize": 4])
    #expect(try space.load().shape(for: [1, 3, 8, 8]) == [1, 48, 2, 2])
  }

  /// Protects repetitions of values of the network, to a shape computed from another.
  @Test func repetitions() throws {
    let tiles = ModelBuilder.single("Tile", others: ["r"]) { $0.integers("r", [1, 2, 1, 3]) }
    #expect(try tiles.load().shape(for: [1, 3, 8, 8]) == [1, 6, 8, 24])
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.node("Shape", ["x"], ["shape"])
    model.node("GlobalAveragePool", ["x"], ["mean"])
    model.node("Expand", ["mean", "shape"], ["y"])
    model.output("y")
    #expect(try model.load().shape(for: [2, 3, 5, 7]) == [2, 3, 5, 7])
  }

  /// Protects masks known from the file, and conditions on numbers, which are computed at once.
  @Test func conditions() throws {
    var model = ModelBuilder()
    model.input("x", [1, 4])
    model.integers("numbers", [3, 5, 3, 7])
    model.integers("three", [3])
    model.floats("zero", [], [0])
    model.node("Equal", ["numbers", "three"], ["mask"])
    model.node("Where", ["mask", "x", "zero"], ["y"])
    model.node("Where", ["mask", "numbers", "three"], ["z"])
    model.output("y")
    model.output("z")
    let loaded = try model.load()
    #expect(try loaded.network.layer("y").inputs == ["mask", "x", "zero"])
    #expect(try loaded.operation("mask", as: Constant.self).value.elements == [1, 0, 1, 0])
    #expect(try loaded.constantOutput("z").elements == [3, 3, 3, 3])
  }
}
