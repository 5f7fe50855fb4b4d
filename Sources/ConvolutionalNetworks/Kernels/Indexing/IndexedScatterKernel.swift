extension IndexedScatter: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    IndexedScatterKernel(
      combination: combination,
      blocks: try IndexedBlocks(
        addressing, data: context.inputs[0], indices: context.inputs[1]),
      indexCount: context.inputs[1].reduce(1, *))
  }

  package func heldCount(_ context: KernelContext) -> Int {
    IndexedBlocks.heldCount(addressing, data: context.inputs[0], indices: context.inputs[1])
  }
}

/// Copies the data and combines updates with it where indices say, always in the same order.
struct IndexedScatterKernel: Kernel {
  let combination: IndexedScatter.Combination
  let blocks: IndexedBlocks
  let indexCount: Int

  var pullbackReads: PullbackReads { [.inputs, .outputs] }

  /// Of products: that of all factors of an element that are not 0, and the number of the others.
  var stateCount: Int { combination == .product ? 2 * blocks.dataCount : 0 }

  func forward(_ run: KernelRun) {
    let (updates, output) = (run.inputs[2], run.outputs[0])
    output.update(from: run.inputs[0], count: blocks.dataCount)
    forEachUpdate(run) { update, place in
      switch combination {
      case .replacement: output[place] = updates[update]
      case .sum: output[place] += updates[update]
      case .product: output[place] *= updates[update]
      case .maximum: output[place] = max(output[place], updates[update])
      case .minimum: output[place] = min(output[place], updates[update])
      }
    }
  }

  func pullback(_ run: KernelRun) {
    if let gradient = run.inputGradients[1], !run.accumulates[1] {
      gradient.update(repeating: 0, count: indexCount)
    }
    guard let above = run.outputGradients[0] else { return }
    if let gradient = run.inputGradients[2], !run.accumulates[2] {
      gradient.update(repeating: 0, count: blocks.count * blocks.size)
    }
    switch combination {
    case .replacement: pullBackReplacement(run, above)
    case .sum:
      forEachUpdate(run) { update, place in run.inputGradients[2]?[update] += above[place] }
    case .product: pullBackProduct(run, above)
    case .maximum, .minimum: pullBackExtremum(run, above)
    }
    if let gradient = run.inputGradients[0] {
      add(above, to: gradient, blocks.dataCount, run.accumulates[0])
    }
  }

  /// The last update has the gradient, and leaves nothing for those before it and the data.
  private func pullBackReplacement(_ run: KernelRun, _ above: UnsafeMutablePointer<Float>) {
    for block in (0..<blocks.count).reversed() {
      guard let start = blocks.start(block, run.inputs[1]) else { continue }
      for offset in 0..<blocks.size {
        run.inputGradients[2]?[block * blocks.size + offset] += above[start + offset]
        above[start + offset] = 0
      }
    }
  }

  /// Each factor has the product of the others.
  private func pullBackProduct(_ run: KernelRun, _ above: UnsafeMutablePointer<Float>) {
    let (product, zeros) = (run.state, run.state + blocks.dataCount)
    func count(_ factor: Float, _ place: Int) {
      if factor == 0 { zeros[place] += 1 } else { product[place] *= factor }
    }
    func others(_ factor: Float, _ place: Int) -> Float {
      let zeros = zeros[place] - (factor == 0 ? 1 : 0)
      return zeros > 0 ? 0 : factor == 0 ? product[place] : product[place] / factor
    }
    product.update(repeating: 1, count: blocks.dataCount)
    zeros.update(repeating: 0, count: blocks.dataCount)
    for place in 0..<blocks.dataCount { count(run.inputs[0][place], place) }
    forEachUpdate(run) { update, place in count(run.inputs[2][update], place) }
    forEachUpdate(run) { update, place in
      run.inputGradients[2]?[update] += above[place] * others(run.inputs[2][update], place)
    }
    for place in 0..<blocks.dataCount { above[place] *= others(run.inputs[0][place], place) }
  }

  /// The first one that is the result has the gradient.
  private func pullBackExtremum(_ run: KernelRun, _ above: UnsafeMutablePointer<Float>) {
    let (data, updates, output) = (run.inputs[0], run.inputs[2], run.outputs[0])
    forEachUpdate(run) { update, place in
      guard data[place] != output[place], updates[update] == output[place] else { return }
      run.inputGradients[2]?[update] += above[place]
      above[place] = 0
    }
    for place in 0..<blocks.dataCount where data[place] != output[place] { above[place] = 0 }
  }

  /// Visits the updates within the data with their places in it.
  private func forEachUpdate(_ run: KernelRun, _ body: (_ update: Int, _ place: Int) -> Void) {
    for block in 0..<blocks.count {
      guard let start = blocks.start(block, run.inputs[1]) else { continue }
      for offset in 0..<blocks.size { body(block * blocks.size + offset, start + offset) }
    }
  }
}
