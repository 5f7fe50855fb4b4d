import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats
@testable import PictureFiles

/// Protects against traps, hangs and great allocations from damaged pictures and sidecars.
@Suite(.serialized) struct SmallFileFuzzTests {
  @Test func sidecars() throws {
    let texts = [
      #"{"channelOrder": "BGR", "valueRange": [0, 255], "mean": [104, 117, 123], "labels": "words.txt"}"#,
      #"""
      {"channelOrder": "RGB", "valueRange": [0, 1], "mean": [0.485, 0.456, 0.406],
       "standardDeviation": [0.229, 0.224, 0.225], "labels": ["cat", "dog"]}
      """#,
    ]
    let json = JSONMutator(texts, vocabulary: ["\"gray\"", "\"../words.txt\"", "\"/\"", "\".\""])
    let mutator = ByteMutator(seeds: texts.map { Array($0.utf8) })
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("featurevis-fuzz-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("tench\ngoldfish\n".utf8).write(to: folder.appendingPathComponent("words.txt"))
    let url = folder.appendingPathComponent("network.json")
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [nil, 4, 4, 3], channelAxis: 3)],
      layers: [Layer("y", Identity(kind: "Identity"), inputs: ["x"])], outputs: ["y"])
    var fuzzer = Fuzzer("sidecar")
    try fuzzer.run { random in
      let bytes =
        random.once(in: 3)
        ? mutator.mutation(using: &random) : Array(json.mutation(using: &random).utf8)
      try Data(bytes).write(to: url)
      do throws(NetworkSidecarError) {
        _ = try NetworkSidecar(contentsOf: url).applied(to: network)
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  @Test(arguments: ["png", "jpg"]) func pictures(kind: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("featurevis-fuzz-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var seeds: [[UInt8]] = []
    for shape in [[5, 4, 3], [9, 17, 1]] {
      let url = folder.appendingPathComponent("\(shape[0]).\(kind)")
      let elements = (0..<shape.reduce(1, *)).map { Float($0 % 7) / 7 }
      try PictureFile(url).write(Tensor(shape: shape, elements: elements))
      seeds.append(Array(try Data(contentsOf: url)))
    }
    let mutator = ByteMutator(seeds: seeds)
    var fuzzer = Fuzzer(kind)
    try fuzzer.run { random in
      var bytes = mutator.mutation(using: &random)
      if kind == "png", !random.once(in: 4) { Self.mendChecksums(&bytes) }
      do throws(PictureFileError) {
        _ = try PictureFile.picture(in: bytes, of: "fuzzed")
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  /// Gives the chunks of a PNG the checksums of what is in them now, else nothing else is looked at.
  private static func mendChecksums(_ bytes: inout [UInt8]) {
    func number(_ offset: Int) -> Int {
      bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    var position = 8
    while position + 12 <= bytes.count {
      let end = position + 8 + number(position)
      guard end + 4 <= bytes.count else { return }
      var crc: UInt32 = ~0
      for byte in bytes[(position + 4)..<end] {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
      }
      for i in 0..<4 { bytes[end + i] = UInt8(truncatingIfNeeded: ~crc >> (24 - 8 * UInt32(i))) }
      position = end + 4
    }
  }
}
