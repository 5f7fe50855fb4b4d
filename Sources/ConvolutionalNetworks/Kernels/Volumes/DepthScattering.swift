/// Adds the windows along the depth, which lie in the channels of slices (`DepthWindows`), up to volumes: the adjoint of
/// `DepthGathering`. Programs put it behind a transposed convolution of maps.
struct DepthScattering: LayerOperation {
  /// The windows over the result.
  let depth: SlidingWindow.Placement
  /// The groups of channels of the convolution.
  let groups: Int

  var kind: String { "TransposedConvolution" }
  var parameters: [LayerParameter] { [] }

  func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]] {
    var result = inputs[0]
    result[layout.spatialAxes(rank: result.count).lowerBound] = depth.input
    result[layout.channelAxis(rank: result.count)] /= depth.kernel
    return [result]
  }
}

extension DepthScattering: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    DepthScatteringKernel(
      windows: DepthWindows(depth, volumes: context.outputs[0], groups: groups),
      epilogue: context.epilogue)
  }
}

struct DepthScatteringKernel: Kernel {
  let windows: DepthWindows
  let epilogue: Epilogue

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    windows.scatter(run, run.inputs[0], into: run.outputs[0], accumulating: false)
    blocks.apply(run)
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    blocks.pullBack(run, output)
    windows.gather(run, output, into: gradient, accumulating: run.accumulates[0])
  }

  private var blocks: EpilogueBlocks {
    EpilogueBlocks(
      epilogue, rows: windows.volumes * windows.depth.input * windows.area,
      channels: windows.channels)
  }
}
