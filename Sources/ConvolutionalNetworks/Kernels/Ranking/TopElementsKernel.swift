extension TopElements: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    TopElementsKernel(
      lines: AxisLines(shape: context.inputs[0], axis: try context.place(axis: axis)),
      elementCount: elementCount, takesLargest: takesLargest)
  }
}

/// Sorts each line; a number that is none counts as the largest.
struct TopElementsKernel: Kernel {
  let lines: AxisLines
  let elementCount: Int
  let takesLargest: Bool

  /// The pullback goes by the positions.
  var pullbackReads: PullbackReads { .outputs }

  func forward(_ run: KernelRun) {
    lines.forEach(run) { line in
      let x = run.inputs[0] + lines.start(line, extent: lines.extent)
      let start = lines.start(line, extent: elementCount)
      let order = (0..<lines.extent).sorted { first, second in
        let (a, b) = (x[first * lines.inner], x[second * lines.inner])
        if a == b || (a.isNaN && b.isNaN) { return first < second }
        return (a.isNaN || a > b) == takesLargest
      }
      for (rank, position) in order.prefix(elementCount).enumerated() {
        run.outputs[0][start + rank * lines.inner] = x[position * lines.inner]
        run.outputs[1][start + rank * lines.inner] = Float(position)
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0] else { return }
    if !run.accumulates[0] {
      gradient.update(repeating: 0, count: lines.count * lines.extent)
    }
    guard let above = run.outputGradients[0] else { return }
    lines.forEach(run) { line in
      let x = gradient + lines.start(line, extent: lines.extent)
      let start = lines.start(line, extent: elementCount)
      for rank in 0..<elementCount {
        let cell = start + rank * lines.inner
        x[Int(run.outputs[1][cell]) * lines.inner] += above[cell]
      }
    }
  }
}
