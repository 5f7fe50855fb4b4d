import CFVFiles
import Foundation
import Testing

@testable import NetworkFormats

/// Protects against traps, hangs and great allocations from damaged files of weights and arrays.
@Suite(.serialized) struct WeightsFuzzTests {
  @Test func safetensors() throws {
    let bytes = try Seeds.bytes("NetworkFormatsTests/Weights/Fixtures", ["safetensors"])
    let headers = try bytes.map { try #require(Self.header(of: $0)) }
    let mutator = ByteMutator(seeds: bytes)
    let json = JSONMutator(
      headers.map { String(decoding: $0, as: UTF8.self) },
      vocabulary: [
        "\"F16\"", "\"BF16\"", "\"F64\"", "\"I64\"", "\"data_offsets\"", "\"__metadata__\"",
      ])
    var fuzzer = Fuzzer("safetensors")
    try fuzzer.run { random in
      guard random.once(in: 2) else {
        return WeightsReader.reads(mutator.mutation(using: &random))
      }
      var text = Array(json.mutation(using: &random).utf8)
      if random.once(in: 8) { mutator.change(&text, &random) }
      let data = bytes[0].dropFirst(8 + headers[0].count)
      return WeightsReader.reads(
        withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + data)
    }
    #expect(fuzzer.accepted > 0)
  }

  private static func header(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.count >= 8 else { return nil }
    let count = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    return count <= bytes.count - 8 ? bytes[8..<(8 + count)] : nil
  }

  /// Indices of weights in several files, which are there.
  @Test func `indices of several files`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("featurevis-fuzz-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let fixtures = "NetworkFormatsTests/Weights/Fixtures/model_shards"
    for url in try Seeds.files(fixtures, ["safetensors"]) {
      try FileManager.default.copyItem(
        at: url, to: folder.appendingPathComponent(url.lastPathComponent))
    }
    let seeds = try Seeds.bytes(fixtures, ["json"])
    let json = JSONMutator(
      seeds.map { String(decoding: $0, as: UTF8.self) },
      vocabulary: ["\"weight_map\"", "\"../x\"", "\"/dev/zero\"", "\"a\"", "\"\""])
    let mutator = ByteMutator(seeds: seeds)
    let url = folder.appendingPathComponent("model.safetensors.index.json")
    var fuzzer = Fuzzer("weights-index")
    try fuzzer.run(slowness: 4) { random in
      let bytes =
        random.once(in: 3)
        ? mutator.mutation(using: &random) : Array(json.mutation(using: &random).utf8)
      try Data(bytes).write(to: url)
      do throws(WeightsFileError) {
        let weights = try StateDictionary(contentsOf: url)
        for name in weights.names { _ = try weights.tensor(named: name) }
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  @Test func numpy() throws {
    var seeds: [[UInt8]] = []
    for shape in [[], [6], [2, 3], [1, 2, 3, 1]] {
      let count = shape.reduce(1, *)
      seeds.append(Array(NumPyHeader.data(shape: shape)) + [UInt8](repeating: 63, count: 4 * count))
    }
    let fortran = String(decoding: seeds[2][10...], as: UTF8.self)
      .replacing("False", with: "True").replacing("<f4", with: "<f2")
    seeds.append(Array(seeds[2][..<10]) + Array(fortran.utf8))
    let mutator = ByteMutator(seeds: seeds)
    var fuzzer = Fuzzer("numpy")
    try fuzzer.run { random in
      var bytes = mutator.mutation(using: &random)
      if random.once(in: 2), bytes.count > 10 {
        // A header of other numbers.
        let extents = (0...random.below(5)).map { _ in "\(random.interestingNumber())" }
        let kind = random.one(of: NumPyElement.allCases.map(\.rawValue) + ["<i4", ">f4", "|O"])
        let order = random.one(of: ["True", "False"])
        let text = Array(
          "{'descr': '\(kind)', 'fortran_order': \(order), 'shape': (\(extents.joined(separator: ",")),)}"
            .utf8)
        bytes = Array(seeds[0][..<8]) + [UInt8(text.count), 0] + text + bytes[10...]
      }
      do throws(NumPyFileError) {
        _ = try NumPyFile.array(in: Data(bytes), of: "fuzzed")
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }
}

/// Reads all that a file of weights says it holds.
enum WeightsReader {
  /// More than the tensors of a small file can take.
  private static let mostElements = 1 << 24

  /// Whether the file and each of its tensors is read.
  static func reads(_ bytes: [UInt8]) -> Bool {
    do throws(WeightsFileError) {
      let weights = try StateDictionary(FileBytes(Data(bytes), name: "fuzzed"))
      #expect(weights.unabridged.names.count >= weights.names.count)
      var elements = 0
      for name in weights.names {
        let tensor = try weights.tensor(named: name)
        #expect(tensor.shape == weights.shape(of: name))
        elements += tensor.count
        if elements > mostElements {
          Issue.record("\(bytes.count) bytes become \(elements) numbers")
          return false
        }
      }
      return true
    } catch { return false }
  }
}
