import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import ConvolutionalNetworks

/// Protects the machine: what a size and a batch would take is told before it is taken, and never traps.
@Suite struct MemoryLimitTests {
  private static let network = Result {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 64, 64, 3], .channelsLast)],
      layers: [
        Layer("c", .convolution(3, 8, kernel: 3), inputs: ["x"]),
        Layer("s", Activation(.sigmoid), inputs: ["c"]),
        Layer("d", .convolution(8, 8, kernel: 3), inputs: ["s"]),
      ], outputs: ["d"])
  }

  private func program(_ shape: [Int], limit: Int? = nil) throws -> Program {
    try Program(
      try Self.network.get(), inputShapes: ["x": shape], taps: ["d"],
      options: .init(memoryLimit: limit))
  }

  /// Protects the limit to the byte.
  @Test func theLimitIsWhatARunTakes() throws {
    let memory = try program([1, 64, 64, 3]).memory
    // Picture, three maps of eight channels and their gradients are the most of it.
    #expect(memory > 64 * 64 * 3 * 4)
    #expect(memory < 10 * 64 * 64 * 8 * 4 + (4 << 20))
    #expect(try program([1, 64, 64, 3], limit: memory).memory == memory)
    #expect(throws: VisualizationError.tooMuchMemory(needed: memory, limit: memory - 1)) {
      try program([1, 64, 64, 3], limit: memory - 1)
    }
  }

  /// Protects that a program for more pictures, or for larger ones, says that it takes more.
  @Test func memoryGrowsWithSizeAndBatch() throws {
    let one = try program([1, 64, 64, 3]).memory
    #expect(try program([8, 64, 64, 3]).memory > 2 * one)
    #expect(try program([1, 256, 256, 3]).memory > 4 * one)
  }

  /// Protects against sizes and batches that no machine has the memory for, up to the largest integer.
  @Test(
    arguments: [
      [1, 1 << 14, 1 << 20, 3], [1_000_000_000, 64, 64, 3], [1, 1 << 31, 1 << 31, 3],
      [Int.max, 64, 64, 3], [1, Int.max, 64, 3], [1, 64, Int.max, 3],
      [Int.max, Int.max, Int.max, 3],
    ])
  func hugeSizesAreRefused(_ shape: [Int]) throws {
    let error = #expect(throws: VisualizationError.self) { try program(shape) }
    guard case .tooMuchMemory(let needed, let limit) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(needed > limit)
    #expect("\(error!)".contains("raise the limit"))
    // Also where somebody thinks that there is enough.
    #expect(throws: VisualizationError.self) { try program(shape, limit: .max) }
  }

  /// Protects against sizes that are none.
  @Test(arguments: [[1, 0, 64, 3], [1, -1, 64, 3], [-1, 64, 64, 3], [1, Int.min, 64, 3]])
  func impossibleSizesAreRefused(_ shape: [Int]) throws {
    let error = #expect(throws: VisualizationError.self) { try program(shape) }
    guard case .invalidInput = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// Protects the table of a network's layers, which needs no memory for a run.
  @Test func summariesHaveNoLimit() throws {
    let rows = try Self.network.get().summary(inputShapes: ["x": [1, 1 << 16, 1 << 16, 1 + 2]])
    #expect(rows.map(\.outputShape) == Array(repeating: [1, 1 << 16, 1 << 16, 8], count: 3))
  }

  /// Protects against a trap where the system has less memory than the limit allows.
  @Test func missingMemoryIsAnError() async {
    #if os(Linux)
      await #expect(processExitsWith: .success) {
        let network = try NeuralNetwork(
          layout: .channelsLast, inputs: [.map("x", [1, 64, 64, 64], .channelsLast)],
          layers: [Layer("s", Activation(.sigmoid), inputs: ["x"])], outputs: ["s"])
        var limit = rlimit(rlim_cur: 6 << 30, rlim_max: 6 << 30)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
        // The limit of the process counts.
        #expect(Program.defaultMemoryLimit <= 3 << 30)
        let program = try Program(
          network, inputShapes: ["x": [1, 4096, 4096, 64]], taps: ["s"],
          options: .init(memoryLimit: .max))
        #expect(throws: VisualizationError.self) { try Workspace(program) }
      }
    #endif
  }

  /// Protects the figures in messages.
  @Test func bytesAreWrittenAsPeopleReadThem() {
    #expect(formattedBytes(0) == "0 bytes")
    #expect(formattedBytes(999) == "999 bytes")
    #expect(formattedBytes(1234) == "1.2 kB")
    #expect(formattedBytes(512_000_000) == "512 MB")
    #expect(formattedBytes(12_340_000_000) == "12.3 GB")
    #expect(formattedBytes(.max) == "more memory than any machine has")
  }
}
