/// Gathers the windows along the depth of volumes into the channels of slices (`DepthWindows`), so that what is left of a
/// convolution are windows over maps. Programs put it before one.
struct DepthGathering: LayerOperation {
  let depth: SlidingWindow.Placement
  /// The groups of channels of the convolution.
  let groups: Int

  var kind: String { "Convolution" }
  var parameters: [LayerParameter] { [] }

  func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]] {
    [layout.slices(of: inputs[0], count: depth.output, windows: depth.kernel)]
  }
}

extension DepthGathering: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    DepthGatheringKernel(
      windows: DepthWindows(depth, volumes: context.inputs[0], groups: groups))
  }
}

struct DepthGatheringKernel: Kernel {
  let windows: DepthWindows

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    windows.gather(run, run.inputs[0], into: run.outputs[0], accumulating: false)
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    windows.scatter(run, output, into: gradient, accumulating: run.accumulates[0])
  }
}

extension DepthWindows {
  /// - Parameter volumes: their shape in memory order.
  init(_ depth: SlidingWindow.Placement, volumes shape: [Int], groups: Int) {
    self.init(
      depth: depth, volumes: shape[0], area: shape[2] * shape[3], channels: shape[4],
      groups: groups)
  }
}

extension TensorLayout {
  /// The shape of volumes of so many slices, with `windows` times as many channels.
  func slices(of volumes: [Int], count: Int, windows: Int) -> [Int] {
    var result = volumes
    result[spatialAxes(rank: volumes.count).lowerBound] = count
    let channels = channelAxis(rank: volumes.count)
    result[channels] = result[channels].multipliedClamped(by: windows)
    return result
  }
}
