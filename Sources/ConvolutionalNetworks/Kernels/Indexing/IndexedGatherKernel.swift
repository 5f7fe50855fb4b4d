extension IndexedGather: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    IndexedGatherKernel(
      blocks: try IndexedBlocks(
        addressing, data: context.inputs[0], indices: context.inputs[1]),
      indexCount: context.inputs[1].reduce(1, *))
  }

  package func heldCount(_ context: KernelContext) -> Int {
    IndexedBlocks.heldCount(addressing, data: context.inputs[0], indices: context.inputs[1])
  }
}

/// Copies blocks from where indices say; the pullback adds their gradients there, always in the same order.
struct IndexedGatherKernel: Kernel {
  let blocks: IndexedBlocks
  let indexCount: Int

  var pullbackReads: PullbackReads { .inputs }

  func forward(_ run: KernelRun) {
    for block in 0..<blocks.count {
      let target = run.outputs[0] + block * blocks.size
      if let start = blocks.start(block, run.inputs[1]) {
        target.update(from: run.inputs[0] + start, count: blocks.size)
      } else {
        target.update(repeating: .nan, count: blocks.size)
      }
    }
  }

  func pullback(_ run: KernelRun) {
    if let gradient = run.inputGradients[1], !run.accumulates[1] {
      gradient.update(repeating: 0, count: indexCount)
    }
    guard let gradient = run.inputGradients[0], let above = run.outputGradients[0] else { return }
    if !run.accumulates[0] { gradient.update(repeating: 0, count: blocks.dataCount) }
    for block in 0..<blocks.count {
      guard let start = blocks.start(block, run.inputs[1]) else { continue }
      add(above + block * blocks.size, to: gradient + start, blocks.size, true)
    }
  }
}
