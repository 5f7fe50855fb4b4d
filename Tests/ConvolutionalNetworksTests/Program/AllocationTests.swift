import CFVAllocationCounter
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects that a step allocates nothing: thousands of steps must neither wait for the allocator nor grow.
///
/// The count is that of a process, so the test has one to itself.
@Suite struct AllocationTests {
  @Test(.enabled(if: cfv_counts_allocations() == 1, "only where malloc can be interposed"))
  func stepsAllocateNothing() async {
    await #expect(processExitsWith: .success) {
      for layout in TensorLayout.both {
        for threads in [1, 2] {
          WorkerPool.threadCount = threads
          for modifier in [
            nil, GuidedBackprop(), SignBackprop(), SmoothedPooling(smoothing: .contraharmonic),
          ] as [(any BackpropModifier)?] {
            let workspace = try Workspace(
              try Program(
                try SampleNetworks.everyKernel(layout), inputShapes: ["x": [2, 40, 36, 3]],
                taps: SampleNetworks.everyKernelTaps, options: .init(backpropModifier: modifier)))
            Self.step(workspace)
            cfv_start_counting_allocations()
            for _ in 0..<10 { Self.step(workspace) }
            let count = cfv_stop_counting_allocations()
            #expect(
              count == 0, "\(layout), \(threads) threads, modifier \(modifier?.name ?? "none")")
          }
        }
      }
    }
  }

  private static func step(_ workspace: Workspace) {
    workspace.forward()
    workspace.clearTapGradients()
    workspace.withTapGradient(0) { $0[0] = 1 }
    workspace.pullback()
  }

  /// Protects the test above: the counter counts.
  @Test(.enabled(if: cfv_counts_allocations() == 1, "only where malloc can be interposed"))
  func allocationsAreCounted() async {
    await #expect(processExitsWith: .success) {
      cfv_start_counting_allocations()
      let tensor = Tensor(shape: [3])
      let count = cfv_stop_counting_allocations()
      #expect(count > 0, "\(tensor.count)")
    }
  }
}
