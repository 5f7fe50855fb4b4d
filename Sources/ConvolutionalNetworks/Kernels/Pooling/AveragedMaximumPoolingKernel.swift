extension MaximumPoolingKernel {
  /// The kernel whose gradients pass by a rule.
  func following(_ rule: BackpropRule) -> any Kernel {
    guard case .smoothed(let smoothing) = rule else { return self }
    let average = AveragePoolingKernel(
      geometry: geometry, countsPadding: false, outputStep: outputStep)
    return switch smoothing {
    case .average: AveragedMaximumPoolingKernel(maximum: self, average: average)
    case .contraharmonic: ContraharmonicMaximumPoolingKernel(maximum: self, shares: average.shares)
    }
  }
}

/// The largest value of each window, with the gradient of the average.
struct AveragedMaximumPoolingKernel: Kernel {
  let maximum: MaximumPoolingKernel
  let average: AveragePoolingKernel

  var pullbackReads: PullbackReads { average.pullbackReads }
  var stateCount: Int { maximum.stateCount }

  func forward(_ run: KernelRun) { maximum.forward(run) }
  func pullback(_ run: KernelRun) { average.pullback(run) }
}
