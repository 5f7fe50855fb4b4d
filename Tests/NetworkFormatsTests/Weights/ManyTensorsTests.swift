import CFVFiles
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects that files of very many tensors open: what is quadratic in their number would take hours.
@Suite struct ManyTensorsTests {
  private let count = 300_000

  @Test func safetensors() throws {
    let tensors = (0..<count).map {
      #""block.\#($0).weight":{"dtype":"U8","shape":[1],"data_offsets":[\#($0),\#($0 + 1)]}"#
    }
    let header = Array("{\(tensors.joined(separator: ","))}".utf8)
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    let weights = try StateDictionary(
      FileBytes(Data(length + header + [UInt8](repeating: 7, count: count)), name: "many"))
    #expect(weights.names.count == count)
    #expect(try weights.tensor(named: "block.\(count - 1).weight").elements == [7])
  }

  /// A pickle as PyTorch wrote it before 1.6, each tensor a view of one storage.
  @Test func pickle() throws {
    func text(_ text: String) -> [UInt8] {
      [0x8C, UInt8(text.utf8.count)] + Array(text.utf8)
    }
    func integer(_ number: Int) -> [UInt8] {
      [UInt8(ascii: "J")] + (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let magic: [UInt8] = [
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    var bytes =
      magic + [0x80, 2, UInt8(ascii: "M"), 0xE9, 3, 0x2E, 0x80, 2] + "}.".utf8 + [0x80, 2]
    bytes += "}(".utf8
    for number in 0..<count {
      bytes += text("block.\(number).weight") + Array("ctorch._utils\n_rebuild_tensor\n((".utf8)
      bytes += text("storage") + Array("ctorch\nByteStorage\n".utf8) + text("0") + text("cpu")
      bytes += integer(count) + Array("tQ".utf8) + integer(number)
      bytes += integer(1) + [0x85] + integer(1) + [0x85] + Array("tR".utf8)
    }
    bytes += "u.".utf8 + [0x80, 2] + "]".utf8 + text("0") + "a.".utf8
    bytes += withUnsafeBytes(of: UInt64(count).littleEndian) { Array($0) }
    bytes += [UInt8](repeating: 7, count: count)
    let weights = try StateDictionary(FileBytes(Data(bytes), name: "many"))
    #expect(weights.names.count == count)
    #expect(try weights.tensor(named: "block.\(count - 1).weight").elements == [7])
  }
}
