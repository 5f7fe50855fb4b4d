extension Sparsemax: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let axis = try context.place(axis: axis)
    return SparsemaxKernel(
      outer: shape[..<axis].reduce(1, *), extent: shape[axis],
      inner: shape[(axis + 1)...].reduce(1, *))
  }
}

/// Projects lines onto the simplex; the elements along a line are `inner` apart.
struct SparsemaxKernel: Kernel {
  let outer: Int
  let extent: Int
  let inner: Int

  var pullbackReads: PullbackReads { .outputs }

  func forward(_ run: KernelRun) {
    guard extent > 0 else { return }
    var sorted = [Float](repeating: 0, count: extent)
    forEachLine { offset in
      let x = run.inputs[0] + offset
      let y = run.outputs[0] + offset
      for i in 0..<extent { sorted[i] = x[i * inner] }
      sorted.sort(by: >)
      // The threshold is that of the most elements that it leaves positive.
      var sum: Float = 0
      var threshold = sorted[0] - 1
      for (count, element) in sorted.enumerated() {
        sum += element - sorted[0]
        let mean = (sum - 1) / Float(count + 1) + sorted[0]
        guard element > mean else { break }
        threshold = mean
      }
      for i in 0..<extent { y[i * inner] = max(x[i * inner] - threshold, 0) }
    }
  }

  /// The gradient without its mean over the elements that are not 0.
  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let accumulating = run.accumulates[0]
    forEachLine { offset in
      let y = UnsafePointer(run.outputs[0] + offset)
      let g = UnsafePointer(output + offset)
      let target = gradient + offset
      var sum: Float = 0
      var count: Float = 0
      for i in 0..<extent where y[i * inner] > 0 {
        sum += g[i * inner]
        count += 1
      }
      let mean = count > 0 ? sum / count : 0
      for i in 0..<extent {
        let value = y[i * inner] > 0 ? g[i * inner] - mean : 0
        target[i * inner] = accumulating ? target[i * inner] + value : value
      }
    }
  }

  private func forEachLine(_ body: (_ offset: Int) -> Void) {
    for block in 0..<outer {
      for line in 0..<inner { body(block * extent * inner + line) }
    }
  }
}
