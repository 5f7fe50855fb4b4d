import CFVFiles
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects those whose training script has put something around the weights or beside them: the tensors are found, what
/// was decided is told, and nothing in the file is run.
@Suite struct CheckpointTests {
  private func read(_ file: String) throws -> StateDictionary {
    try StateDictionary(contentsOf: Fixture.url(file))
  }

  private let plain = (0..<4).map(Fixture.element)

  /// Namespace, NumPy's numbers and arrays, dates, paths, enumerations, sets, classes of the script's own.
  @Test(arguments: ["beside.pt", "beside_protocol4.pt", "beside.pth"])
  func `harmless values may stand beside the weights`(file: String) throws {
    let weights = try read(file)
    #expect(weights.names == ["a", "b.c"])
    #expect(try weights.tensor(named: "b.c").elements == plain)
    #expect(weights.metadata["license"] == "CC0")
    #expect(weights.notes.count == 2)
    #expect(weights.notes[0].hasPrefix("taken are 2 tensors of 'net', left aside 1 tensor outside"))
    #expect(weights.notes[1] == "'module._orig_mod.' is left out before the tensors' names")
  }

  @Test(arguments: [("averaged.pt", "params_ema"), ("teacher.pt", "teacher")])
  func `of several sets the average goes first`(file: String, taken: String) throws {
    let weights = try read(file)
    #expect(try weights.tensor(named: "b.c").elements == plain.map { $0 + 1 })
    #expect(weights.notes.count == 1)
    #expect(
      weights.notes[0].hasPrefix("taken are 2 tensors of '\(taken)', left aside 2 tensors of"))
    #expect(weights.notes[0].hasSuffix(WeightsPrecedence.order))
    #expect(weights.unabridged.names.count == 4)
  }

  @Test func `dictionaries nest, in tuples and classes too`() throws {
    let weights = try read("deep.pt")
    #expect(weights.names == ["a", "b.c"])
    #expect(weights.notes.isEmpty)
    #expect(weights.unabridged.names == ["0.deep.inner.a", "0.deep.inner.b.c"])
  }

  @Test func `a module beside the weights is left aside`() throws {
    #expect(try read("module_beside.pt").names == ["a", "b.c"])
  }

  /// The numbers are `torch.tensor([0.5, 1, 448]).to(…)`, those of five bits of exponent rounded.
  @Test(arguments: ["types.safetensors", "types.pt"])
  func `numbers of every type`(file: String) throws {
    let weights = try read(file)
    for (name, type, numbers) in [
      ("float8_e4m3fn", .float8e4m3, [0.5, 1, 448]), ("float8_e5m2", .float8e5m2, [0.5, 1, 448]),
      ("uint16", .uint16, [0, 1, 448]), ("uint32", .uint32, [0, 1, 448]),
      ("uint64", .uint64, [0, 1, 448]),
    ] as [(String, ElementType, [Float])] {
      #expect(weights.elementType(of: name) == type)
      #expect(try weights.tensor(named: name).elements == numbers, "\(name)")
    }
    guard file == "types.pt" else { return }
    #expect(weights.notes.count == 1)
    for name in ["complex", "sparse", "quantized"] {
      #expect(weights.notes[0].contains("'\(name)'"), "all that is not read is named at once")
    }
  }

  /// Every number of eight bits, by the rules of https://arxiv.org/abs/2209.05433.
  @Test func `eight bits`() {
    func decoded(_ type: ElementType) -> [Float] {
      let bits = (0...255).map { UInt8($0) }
      let tensor = Tensor(shape: [256]) { target in
        bits.withUnsafeBytes { type.decode($0, into: target) }
      }
      return tensor.elements
    }
    let four = decoded(.float8e4m3)
    #expect(four[0x7E] == 448 && four[0x7F].isNaN && four[0xFF].isNaN && four[0x01] == 0x1p-9)
    #expect(four[0x08] == 0x1p-6 && four[0xB8] == -1 && four[0x80].sign == .minus)
    let five = decoded(.float8e5m2)
    #expect(five[0x7B] == 57_344 && five[0x7C] == .infinity && five[0x01] == 0x1p-16)
    for numbers in [four, five] {
      for i in 1..<0x7C { #expect(numbers[i] > numbers[i - 1]) }
    }
  }

  /// Protects memory and time where the way to tensors is long.
  @Test func `names of wrappers are left out a few times`() {
    let name = String(repeating: "module.", count: 100_000) + "a"
    let entry = StateDictionary.Entry(name: name, shape: [0], type: .float32) {
      () throws(WeightsFileError.Problem) in Tensor(shape: [0])
    }
    let choice = TensorChoice([TensorGroup(path: "", entries: [entry])])
    #expect(choice.entries[0].name.utf8.count == name.utf8.count - 8 * 7)
  }

  @Test func `wrappers may stand anywhere`() {
    #expect(WrapperNames.removed(from: "features.module.0.weight") == "features.0.weight")
    #expect(WrapperNames.removed(from: "_orig_mod.a._fsdp_wrapped_module.b") == "a.b")
    #expect(WrapperNames.removed(from: "modules.a.submodule.b") == "modules.a.submodule.b")
  }
}
