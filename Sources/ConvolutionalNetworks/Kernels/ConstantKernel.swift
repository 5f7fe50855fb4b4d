extension Constant: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    ConstantKernel(value: value)
  }
}

/// Writes a constant once, when a workspace is made.
struct ConstantKernel: Kernel {
  let value: Tensor

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    value.withUnsafeBufferPointer { elements in
      guard let source = elements.baseAddress else { return }
      run.outputs[0].update(from: source, count: elements.count)
    }
  }

  func pullback(_ run: KernelRun) {}
}
