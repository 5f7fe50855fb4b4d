import CFVTestData
import ConvolutionalNetworks
import Foundation
import NetworkArchitectures
import NetworkFiles
import NetworkFormats
import Testing

/// Protects those whose checkpoint is one of a known network: it is recognised in any wrapping, with the right numbers, and
/// what was decided is told.
@Suite struct CheckpointWrappingTests {
  private static let architecture = "resnet20-cifar"
  private static let weights: [(String, Tensor)] = {
    guard let architecture = try? Architecture(named: architecture) else { return [] }
    let random = RandomWeights(for: architecture)
    return random.names.compactMap { name in
      (try? random.tensor(named: name)).map { (name, $0) }
    }
  }()

  private static func behind(_ prefix: String) -> PickledValue {
    .named(weights.map { (prefix + $0.0, $0.1) })
  }

  /// The same network with other numbers.
  private static let others = PickledValue.named(
    weights.map { ($0.0, Tensor(shape: $0.1.shape, repeating: 0.5)) })

  private static let scalar = PickledValue.object(
    "numpy._core.multiarray", "scalar",
    [.object("numpy", "dtype", [.string("f8")], attributes: [:]), .string("01234567")],
    attributes: [:])
  private static let options = PickledValue.object(
    "argparse", "Namespace", [], attributes: ["lr": .float(0.1)])

  /// Each with a part of the note that it is read with; empty where there is none.
  static let wrappings: [(String, PickledValue, note: String)] = [
    ("plain", behind(""), ""), ("data-parallel", behind("module."), "'module.' is left out"),
    ("compiled", behind("_orig_mod."), "'_orig_mod.' is left out"),
    (
      "lightning",
      .dictionary([
        "epoch": .int(3), "pytorch-lightning_version": .string("2.0"),
        "state_dict": behind("model."),
        "callbacks": .dictionary([:]), "optimizer_states": .list([.dictionary([:])]),
        "hyper_parameters": .dictionary(["lr": .float(0.1)]),
      ]), "'state_dict.model.' is left out"
    ),
    ("prefix-net", .dictionary(["state_dict": behind("net.")]), "'state_dict.net.'"),
    ("prefix-backbone", .dictionary(["state_dict": behind("backbone.")]), "'state_dict.backbone.'"),
    ("encoder", behind("module.encoder_q._orig_mod."), "'module.encoder_q._orig_mod.' is left out"),
    (
      "model-state-dict",
      .dictionary([
        "epoch": .int(1), "model_state_dict": behind(""),
        "loss": .tensor(Tensor(shape: [], elements: [1])),
      ]), "'model_state_dict.' is left out"
    ),
    ("model", .dictionary(["model": behind(""), "optimizer": .dictionary([:])]), "'model.'"),
    (
      "net", .dictionary(["net": behind("module."), "acc": .float(93), "epoch": .int(2)]),
      "'net.module.'"
    ),
    ("params", .dictionary(["params": behind("")]), "'params.'"),
    ("params-ema", .dictionary(["params_ema": behind("")]), "'params_ema.'"),
    (
      "ema-beside", .dictionary(["state_dict": others, "state_dict_ema": behind("")]),
      "'state_dict_ema.' is left out"
    ),
    (
      "teacher", .dictionary(["student": others, "teacher": behind("backbone.")]),
      "'teacher.backbone.'"
    ),
    ("first", .dictionary(["generator": behind(""), "other": others]), "'generator.'"),
    ("namespace", .dictionary(["model": behind(""), "args": options]), "'model.'"),
    ("numpy-scalar", .dictionary(["state_dict": behind(""), "best": scalar]), "'state_dict.'"),
    ("tuple", .list([behind(""), .int(3)]), "'0.' is left out"),
    ("parameters", .named(weights, as: { .parameter($0) }), ""),
    (
      "extra-buffer",
      .named(weights + [("total_ops", Tensor(shape: [1])), ("bn1.mask", Tensor(shape: [1]))]),
      "nothing of the kind: 'total_ops', 'bn1.mask'"
    ),
    (
      "inner wrappers",
      .named(
        weights.map { ($0.0.replacingOccurrences(of: "layer1.", with: "layer1.module."), $0.1) }),
      "'layer1.module.0.conv1.weight' is read as 'layer1.0.conv1.weight', and"
    ),
  ]

  private func load(_ value: PickledValue, architecture: String? = nil) throws -> LoadedNetwork {
    let folder = try TemporaryFolder()
    try CheckpointWriter.data(value).write(to: folder.file("best.ckpt"))
    return try LoadedNetwork(contentsOf: folder.file("best.ckpt"), architecture: architecture)
  }

  @Test(arguments: wrappings.indices) func `every wrapping is recognised`(index: Int) throws {
    let (name, value, note) = Self.wrappings[index]
    let loaded = try load(value)
    let expected = try Architecture(named: Self.architecture).randomNetwork()
    #expect(loaded.network.labels == expected.labels, "\(name)")
    for (layer, other) in zip(loaded.network.layers, expected.layers) {
      #expect(
        weights(of: layer) == weights(of: other),
        "\(name): \(layer.name)")
    }
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.notes.isEmpty == note.isEmpty, "\(name): \(loaded.notes)")
    if !note.isEmpty { #expect(loaded.notes.joined().contains(note), "\(name): \(loaded.notes)") }
    let isChoice = ["ema-beside", "teacher", "first"].contains(name)
    #expect(loaded.notes.joined().contains("averages go first") == isChoice, "\(loaded.notes)")
  }

  /// The weights of a layer in the order of its parameters.
  private func weights(of layer: Layer) -> [Tensor] {
    switch layer.operation {
    case let convolution as Convolution: [convolution.weights]
    case let dense as Dense: [dense.weights] + (dense.bias.map { [$0] } ?? [])
    case let normalization as BatchNormalization: [normalization.mean, normalization.variance]
    default: []
    }
  }

  @Test func `halves`() throws {
    #expect(try load(.named(Self.weights, as: { .halved($0) })).network.labels?.count == 10)
  }

  @Test(arguments: [2, 37]) func `another number of classes`(count: Int) throws {
    let weights = Self.weights.map { name, tensor in
      (
        name,
        name.hasPrefix("linear")
          ? Tensor(shape: [count] + tensor.shape.dropFirst(), repeating: 0.25) : tensor
      )
    }
    let loaded = try load(.dictionary(["model": .named(weights)]))
    #expect(loaded.network.labels == nil)
    #expect(loaded.network.outputs == ["linear"])
    let dense = try #require(loaded.network.layer("linear").operation as? Dense)
    #expect(dense.weights.shape == [count, 64])
    #expect(loaded.notes.contains { $0.contains("\(count) units") && $0.contains("with 10") })
  }

  /// Protects those who have put a dropout before the last layer.
  @Test func `a last layer in a sequence`() throws {
    func behind(_ places: [Int]) -> PickledValue {
      .named(
        Self.weights.flatMap { name, tensor in
          name.hasPrefix("linear.")
            ? places.map { ("linear.\($0)." + name.dropFirst(7), tensor) } : [(name, tensor)]
        })
    }
    let loaded = try load(behind([1]))
    #expect(loaded.network.labels?.count == 10)
    #expect(loaded.notes == ["'linear.1.weight' is read as 'linear.weight', and 1 more alike"])
    // Which of two is the last cannot be told, nor what stands between them.
    #expect(throws: NetworkFileError.self) { try load(behind([0, 2])) }
  }

  /// Protects against a network that is read as another: what computes more is not recognised.
  @Test func `weights of a larger network are not those of a smaller one`() throws {
    let more = Self.weights + [("layer1.3.conv1.weight", Tensor(shape: [16, 16, 3, 3]))]
    #expect(throws: NetworkFileError.self) { try load(.named(more)) }
    let error = #expect(throws: NetworkFileError.self) {
      try load(.named(more), architecture: Self.architecture)
    }
    #expect(error?.reason.contains("'layer1.3.conv1.weight' does not belong there") == true)
  }

  /// Protects those whose file lacks something: faults are told under the prefix that most names have.
  @Test func `faults behind a prefix`() throws {
    let less = Self.weights.dropFirst(2).map { ("net.\($0.0)", $0.1) }
    let error = #expect(throws: NetworkFileError.self) {
      try load(.dictionary(["state_dict": .named(less)]), architecture: Self.architecture)
    }
    #expect(
      error?.reason
        == "these are not the weights of resnet20-cifar: 'conv1.weight' is missing; 'bn1.weight' is missing"
    )
  }

  /// The files of the published script's own network, as it is published.
  @Test func `the published checkpoint`() throws {
    guard let url = DataFolder.item("networks/resnet20-12fca82f.th") else { return }
    #expect(
      try LoadedNetwork(contentsOf: url).notes == [
        "'state_dict.module.' is left out before the names of the weights"
      ])
  }
}
