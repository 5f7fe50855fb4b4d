import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects equal bytes for any number of threads, and concurrent runs of one program.
@Suite(.serialized) struct DeterminismTests {
  @Test(arguments: TensorLayout.both)
  func threadCountChangesNoByte(layout: TensorLayout) throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    let network = try SampleNetworks.everyKernel(layout)
    var tensors = SeededTensors(seed: 6)
    for batch in 1...3 {
      let input = ["x": tensors.uniform([batch, 45, 38, 3])]
      let runs = try [1, 2, 4].map { count in
        WorkerPool.threadCount = count
        return try EngineRun(network, input, taps: SampleNetworks.everyKernelTaps)
      }
      #expect(runs[0].bytes == runs[1].bytes)
      #expect(runs[0].bytes == runs[2].bytes)
    }
  }

  /// Protects the winners, which threads write side by side.
  @Test(arguments: PooledConvolutionTests.cases)
  func threadCountChangesNoMaximum(_ example: PooledConvolutionTests.Case) throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    let runs = try [1, 2, 4].map { count in
      WorkerPool.threadCount = count
      return try example.run(["pool"]).run
    }
    #expect(runs[0].bytes == runs[1].bytes)
    #expect(runs[0].bytes == runs[2].bytes)
  }

  /// Protects tasks that compute at once: one has the pool, the others their own thread.
  @Test func concurrentRunsAgree() async throws {
    let program = try Program(
      try SampleNetworks.everyKernel(.channelsFirst), inputShapes: ["x": [1, 30, 31, 3]],
      taps: SampleNetworks.everyKernelTaps)
    @Sendable func run() throws -> [[UInt32]] {
      var tensors = SeededTensors(seed: 6)
      let inputs = ["x": tensors.uniform([1, 30, 31, 3])]
      return try EngineRun(
        try Workspace(program), inputs, seeds: program.taps.map { tensors.uniform($0.shape) }
      ).bytes
    }
    let expected = try run()
    try await withThrowingTaskGroup(of: [[UInt32]].self) { group in
      for _ in 0..<8 { group.addTask { try run() } }
      for try await bytes in group { #expect(bytes == expected) }
    }
  }
}

extension EngineRun {
  /// The bits of all results, signs of zeros and all.
  fileprivate var bytes: [[UInt32]] {
    (taps + gradients.sorted { $0.key < $1.key }.map(\.value))
      .map { $0.elements.map(\.bitPattern) }
  }
}
