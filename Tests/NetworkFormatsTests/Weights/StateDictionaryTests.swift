import CFVTestData
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the reading of tensors: every container, type and stride gives the numbers that were saved.
@Suite struct StateDictionaryTests {
  private static let shapes: KeyValuePairs = [
    "conv.weight": [4, 3, 2, 2], "transposed": [5, 3], "sliced": [2, 13], "half": [3, 3],
    "brain": [3, 3], "double": [7], "parameter": [2, 2], "scalar": [], "empty": [0, 3],
    "num_batches_tracked": [],
  ]

  @Test(arguments: ["archive.pt", "legacy.pth", "tensors.safetensors"])
  func `reads every kind of tensor`(file: String) throws {
    let weights = try StateDictionary(contentsOf: Fixture.url(file))
    #expect(Set(weights.names) == Set(Self.shapes.map(\.key)))
    if !file.hasSuffix("safetensors") { #expect(weights.names == Self.shapes.map(\.key)) }
    for (name, shape) in Self.shapes where name != "num_batches_tracked" {
      #expect(weights.shape(of: name) == shape, "\(name)")
      let tensor = try weights.tensor(named: name)
      let expected = (0..<shape.reduce(1, *)).map { i in
        Fixture.element(name == "sliced" ? i / 13 * 40 + i % 13 : i)
      }
      #expect(tensor.shape == shape && tensor.elements == expected, "\(name)")
    }
    #expect(weights.elementType(of: "half") == .float16)
    #expect(weights.elementType(of: "num_batches_tracked") == .int64)
    #expect(try weights.tensor(named: "num_batches_tracked").elements == [3])
  }

  @Test(arguments: ["nested.pt", "nested.th"])
  func `finds a nested dictionary and drops the prefix of distributed training`(file: String)
    throws
  {
    let weights = try StateDictionary(contentsOf: Fixture.url(file))
    #expect(weights.names == ["a", "b.c"])
    #expect(try weights.tensor(named: "b.c").elements == (0..<4).map(Fixture.element))
  }

  @Test(arguments: ["shared.pt", "shared.pth"])
  func `tensors may share a storage`(file: String) throws {
    let weights = try StateDictionary(contentsOf: Fixture.url(file))
    #expect(try weights.tensor(named: "tied") == weights.tensor(named: "again"))
    #expect(try weights.tensor(named: "row").elements == (4..<8).map(Fixture.element))
  }

  @Test func `what is written comes back`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("out.safetensors")
    let tensors: KeyValuePairs = [
      "b \"quoted\" \\ \u{1} é": Tensor(shape: [2, 3], elements: (0..<6).map(Float.init)),
      "a": Tensor(shape: [], elements: [-0.5]), "none": Tensor(shape: [0, 4]),
      "c": Tensor(shape: [70_000], elements: (0..<70_000).map(Fixture.element)),
    ]
    try StateDictionary(tensors).write(to: url)
    let read = try StateDictionary(contentsOf: url)
    #expect(Set(read.names) == Set(tensors.map(\.key)))
    for (name, tensor) in tensors { #expect(try read.tensor(named: name) == tensor, "\(name)") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  /// Protects licences and origins.
  @Test func `metadata survives the way through safetensors`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("copy.safetensors")
    let original = try StateDictionary(contentsOf: Fixture.url("types.safetensors"))
    #expect(original.metadata == ["license": "CC0", "a \"key\"": "b\n"])
    try original.write(to: url)
    #expect(try StateDictionary(contentsOf: url).metadata == original.metadata)
  }

  @Test func `every type survives the way through safetensors`() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("copy.safetensors")
    let original = try StateDictionary(contentsOf: Fixture.url("archive.pt"))
    try original.write(to: url)
    let copy = try StateDictionary(contentsOf: url)
    for name in original.names {
      #expect(try copy.tensor(named: name) == original.tensor(named: name), "\(name)")
    }
  }

  /// The two were trained for a different number of steps, so their numbers differ. The first three are
  /// `torch.load(…)["fc1.weight"].flatten()[:3]` and `safetensors.torch.load_file(…)["fc1.weight"]…`.
  @Test(
    arguments: [
      ("mnist-burn.pt", 3752, [0.0016727698, -0.011614957, -0.002273988]),
      ("mnist-burn.safetensors", 7504, [-0.00022917331, -0.013401738, -0.0042006825]),
    ] as [(String, Float, [Float])])
  func `published files hold what PyTorch reads`(file: String, steps: Float, start: [Float]) throws
  {
    guard let url = DataFolder.item("networks/\(file)") else { return }
    let weights = try StateDictionary(contentsOf: url)
    #expect(weights.names.count == 20)
    #expect(weights.shape(of: "conv3.weight") == [24, 16, 3, 3])
    #expect(try weights.tensor(named: "norm1.num_batches_tracked").elements == [steps])
    let dense = try weights.tensor(named: "fc1.weight")
    #expect(dense.shape == [32, 11_616])
    #expect(Array(dense.elements.prefix(3)) == start)
    let folder = try TemporaryFolder()
    let copy = folder.url.appendingPathComponent("copy.safetensors")
    try weights.write(to: copy)
    let copied = try StateDictionary(contentsOf: copy)
    for name in weights.names {
      #expect(try copied.tensor(named: name) == weights.tensor(named: name), "\(name)")
    }
  }
}
