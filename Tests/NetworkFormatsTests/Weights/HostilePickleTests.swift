import CFVFiles
import CFVTestData
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects memory, time and stack from pickles that say much in few bytes.
@Suite struct HostilePickleTests {
  /// A legacy file of one pickle and no storages.
  private func file(_ pickle: [UInt8]) -> FileBytes {
    let magic: [UInt8] = [
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    let version: [UInt8] = [0x80, 2, UInt8(ascii: "M"), 0xE9, 3, 0x2E]
    let system: [UInt8] = [0x80, 2] + "}.".utf8
    let keys: [UInt8] = [0x80, 2] + "].".utf8
    return FileBytes(
      Data(magic + version + system + [0x80, 2] + pickle + [0x2E] + keys), name: "hostile.pth")
  }

  private func repeated(_ instructions: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(instructions, count: count).joined())
  }

  private func text(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return [UInt8(ascii: "X")] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
      + bytes
  }

  private func problem(_ pickle: [UInt8], _ limits: ReadingLimits = ReadingLimits())
    -> WeightsFileError.Problem?
  {
    #expect(throws: WeightsFileError.self) { try StateDictionary(file(pickle), limits: limits) }?
      .problem
  }

  private func expectExceeded(_ problem: WeightsFileError.Problem?) {
    guard case .exceedsLimits(let reason)? = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(reason.contains("ReadingLimits"))
  }

  /// A list of 5,000 pairs that 5,000 ordered dictionaries are made of: 55 kB that took 3.9 GB.
  @Test func `one list made a dictionary again and again`() {
    let pair: [UInt8] = [UInt8(ascii: "K"), 1, UInt8(ascii: "K"), 2, 0x86]
    let list = Array("]q\0(".utf8) + repeated(pair, 5_000) + "e".utf8
    let global = Array("ccollections\nOrderedDict\nq\u{1}".utf8)
    let calls = repeated(Array("h\u{1}h\0".utf8) + [0x85] + "R".utf8, 5_000)
    expectExceeded(problem(list + global + calls))
  }

  @Test func `the file that showed it`() throws {
    guard let url = DataFolder.item("cases/hostile/odict5000.pth") else { return }
    let error = #expect(throws: WeightsFileError.self) { try StateDictionary(contentsOf: url) }
    expectExceeded(error?.problem)
  }

  /// Values that refer to themselves, to one another and to places far away in the memo end in an error of what is
  /// missing, on a small stack too.
  @Test func `nests and references`() async {
    let far: [UInt8] = [UInt8(ascii: "r"), 0xFF, 0xFF, 0xFF, 0xFF]
    let pickles: [[UInt8]] = [
      Array("]".utf8) + repeated([0x85], 500_000),
      Array("]q\0".utf8) + repeated(Array("h\0a".utf8), 100_000),
      repeated(Array("]".utf8), 500_000) + repeated(Array("a".utf8), 499_999),
      repeated(Array("(".utf8), 500_000),
      Array("}q\0(".utf8) + repeated(Array("h\0h\0".utf8), 100_000) + Array("u".utf8),
      Array("]".utf8) + far,
      Array("]".utf8) + repeated([0x94], 500_000),
    ]
    for pickle in pickles {
      let bytes = file(pickle)
      let isRefused = await onSmallStack {
        do throws(WeightsFileError) {
          _ = try StateDictionary(bytes)
          return false
        } catch { return true }
      }
      #expect(isRefused)
    }
  }

  /// Long texts that are referred to many times: nothing may be made of each reference.
  @Test func `one long name`() {
    let storage =
      Array("(".utf8) + text("storage") + Array("ctorch\nFloatStorage\n".utf8) + text("0")
      + text("cpu") + Array("K\0tQ".utf8)
    let tensor =
      Array("ctorch._utils\n_rebuild_tensor\n(".utf8) + storage + Array("K\0))tRq\u{1}".utf8)
    let name = text("module." + String(repeating: "n", count: 1_000_000)) + Array("q\0".utf8)
    let items = name + tensor + repeated(Array("h\0h\u{1}".utf8), 100_000)
    guard case .damaged(let reason)? = problem(Array("}(".utf8) + items + Array("u".utf8)) else {
      Issue.record("a name that is there 100,001 times is read")
      return
    }
    #expect(reason.hasPrefix("it holds two tensors"))
    let key = text(String(repeating: "k", count: 100_000))
    let long =
      Array("(".utf8) + text("storage") + Array("ctorch\nFloatStorage\n".utf8) + key + text("cpu")
      + Array("K\0tQ".utf8)
    #expect(
      problem(long) == .damaged(reason: "a storage is not described as PyTorch does"))
  }

  /// Protects that the limits given count.
  @Test func `limits can be set`() throws {
    let url = try Fixture.url("archive.pt")
    #expect(throws: Never.self) { try StateDictionary(contentsOf: url) }
    for limits in [ReadingLimits(baseMemory: 100, memoryPerByte: 0), ReadingLimits(nodes: 0)] {
      let error = #expect(throws: WeightsFileError.self) {
        try StateDictionary(contentsOf: url, limits: limits)
      }
      expectExceeded(error?.problem)
    }
    // Each tensor counts by itself.
    let weights = try StateDictionary(
      contentsOf: Fixture.url("tensors.safetensors"), limits: ReadingLimits(memoryPerByte: 0))
    for name in weights.names { _ = try weights.tensor(named: name) }
  }
}
