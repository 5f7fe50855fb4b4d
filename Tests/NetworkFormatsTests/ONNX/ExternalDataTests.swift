import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

@Suite("ONNX: data in other files")
struct ExternalDataTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let numbers: [Float] = [9, 1, 2, 3]
    let bytes = Data(
      numbers.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    _ = try folder.write(bytes, to: "weights.bin")
  }

  private func model(_ entries: [String: String]) -> ModelBuilder {
    var tensor = ONNXTensorProto()
    tensor.name = "w"
    tensor.dims = [3, 1]
    tensor.dataType = Int32(ONNXTensorProto.DataType.float.rawValue)
    tensor.dataLocation = .external
    tensor.externalData = entries.map { key, value in
      var entry = ONNXStringStringEntryProto()
      entry.key = key
      entry.value = value
      return entry
    }
    return .single("MatMul", shape: [1, 3], others: ["w"]) {
      $0.model.graph.initializer.append(tensor)
    }
  }

  /// Protects offset and length.
  @Test func partOfFile() throws {
    let model = model(["location": "weights.bin", "offset": "4", "length": "12"])
    let dense: Dense = try model.load(folder: folder.url).operation()
    #expect(dense.weights.elements == [1, 2, 3])
  }

  /// Protects networks of more than 2 and 4 GB: places beyond 32 bits. The file has holes and takes a few kilobytes.
  @Test(arguments: [(3 << 30) + 8, (5 << 30) + 4]) func farAway(offset: Int) throws {
    let numbers: [Float] = [1, 2, 3]
    let url = try folder.write(Data(), to: "large.bin")
    let file = try FileHandle(forWritingTo: url)
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: numbers.withUnsafeBytes { Data($0) })
    try file.close()
    for length in [["length": "12"], [:]] {
      let place = ["location": "large.bin", "offset": "\(offset)"]
      let model = model(place.merging(length) { first, _ in first })
      let dense: Dense = try model.load(folder: folder.url).operation()
      #expect(dense.weights.elements == numbers)
    }
  }

  /// Protects against paths out of the folder, missing files and bytes that are not there.
  @Test(arguments: [
    ["location": "missing.bin"], ["location": ""], [:], ["location": "../weights.bin"],
    ["location": "/etc/hostname"], ["location": "sub/../../weights.bin"],
    ["location": "weights.bin", "offset": "8"], ["location": "weights.bin", "offset": "-4"],
    ["location": "weights.bin", "offset": "17"], ["location": "weights.bin", "offset": "four"],
    ["location": "weights.bin", "offset": "4", "length": "13"],
    ["location": "weights.bin", "length": "9223372036854775808"],
    ["location": "weights.bin", "length": "-1"],
  ])
  func unavailable(entries: [String: String]) throws {
    let error = #expect(throws: ONNXError.self) { try model(entries).load(folder: folder.url) }
    guard case .externalData(tensor: "w", _) = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// Protects against a length that is not the tensor's.
  @Test func wrongLength() throws {
    let model = model(["location": "weights.bin", "length": "8"])
    let error = #expect(throws: ONNXError.self) { try model.load(folder: folder.url) }
    #expect(error?.problem == .dataCount(tensor: "w", expected: 12, actual: 8))
  }

  /// Protects against a link in the folder that leads out of it.
  @Test func linkOutOfFolder() throws {
    let other = try TemporaryFolder()
    let target = try other.write(Data(count: 12), to: "weights.bin")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("link.bin"), withDestinationURL: target)
    #expect(throws: ONNXError.self) {
      try model(["location": "link.bin"]).load(folder: folder.url)
    }
  }
}
