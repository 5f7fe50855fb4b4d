import CFVFiles
import ConvolutionalNetworks
import Foundation
import NetworkFormats
import Testing

@testable import NetworkArchitectures

/// Protects the way from a published file to a network.
@Suite struct PublishedWeightsTests {
  /// FIPS 180-4's own examples, and Python's hashlib for the others.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 63),
      "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"
    ),
    (
      String(repeating: "a", count: 64),
      "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
    ),
    (
      String(repeating: "a", count: 3_000_001),
      "71b1401c2645810a611615bae0fce7b308f0ed904a54af8ec8be0fe435581611"
    ),
  ]) func `SHA-256`(text: String, digest: String) throws {
    #expect(try SHA256.hexadecimal(of: FileBytes(Data(text.utf8), name: "text")) == digest)
  }

  @Test func `digits are told from other parts of a name`() {
    #expect(PublishedChecksum.stated(in: "resnet18-f37072fd.pth") == "f37072fd")
    #expect(PublishedChecksum.stated(in: "efficientnet_b0_rwightman-7f5810bc.pth") == "7f5810bc")
    #expect(PublishedChecksum.stated(in: "resnet20.th") == nil)
    #expect(PublishedChecksum.stated(in: "deadbeef.pth") == nil)
    #expect(PublishedChecksum.stated(in: "mnist-weights1.pt") == nil)
  }

  /// Every published name that states digits is one that the check understands.
  @Test func `published files of PyTorch state their checksum`() {
    for architecture in Architecture.all {
      guard let published = architecture.published, !published.fileName.hasSuffix(".h5") else {
        continue
      }
      #expect(PublishedChecksum.stated(in: published.fileName) != nil, "\(published.fileName)")
      #expect(published.command == "curl -LO \(published.address)")
    }
  }

  @Test func `a file that is not what its name says is refused`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("architectures-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let architecture = try Architecture(named: "resnet20-cifar")
    let random = RandomWeights(for: architecture)
    let url = folder.appendingPathComponent("resnet20.safetensors")
    var entries: [StateDictionary.Entry] = []
    for name in random.names {
      let tensor = try random.tensor(named: name)
      entries.append(
        StateDictionary.Entry(name: name, shape: tensor.shape, type: .float32) {
          () throws(WeightsFileError.Problem) in tensor
        })
    }
    try StateDictionary(file: "random", entries).write(to: url)
    let network = try NeuralNetwork(architecture: "resnet20-cifar", weights: url)
    #expect(network.labels?[5] == "dog")
    #expect(network.inputs[0].specification?.mean[0] == 0.485)

    let renamed = folder.appendingPathComponent("resnet20-12fca82f.safetensors")
    try FileManager.default.copyItem(at: url, to: renamed)
    let error = #expect(throws: ArchitectureError.self) {
      try NeuralNetwork(architecture: "resnet20-cifar", weights: renamed)
    }
    guard case .checksum(renamed.path, "12fca82f", let actual) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(actual.count == 8 && actual != "12fca82f")
  }
}
