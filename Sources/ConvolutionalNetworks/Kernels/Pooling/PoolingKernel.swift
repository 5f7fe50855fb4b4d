internal import CFVKernels

extension Pooling: EpilogueFusing, SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func fuses(_ next: any LayerOperation, inputs: [[Int]]) -> Bool {
    reduction == .maximum && next is Activation
  }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let geometry = try WindowGeometry(input: context.inputs[0], window: window, ceilMode: ceilMode)
    switch reduction {
    case .maximum:
      guard geometry.cells < Int(UInt16.max) else { throw ShapeError("the window is too large") }
      return MaximumPoolingKernel(
        geometry: geometry, epilogue: context.epilogue, outputStep: context.outputStep
      ).following(context.backpropRule)
    case .average(let countsPadding):
      return AveragePoolingKernel(
        geometry: geometry, countsPadding: countsPadding, outputStep: context.outputStep)
    case .norm(let p):
      return NormPoolingKernel(geometry: geometry, p: p, outputStep: context.outputStep)
    }
  }

  /// What the mean of each window is multiplied by.
  package func heldCount(_ context: KernelContext) -> Int {
    if case .norm = reduction { return 0 }
    if reduction == .maximum, context.backpropRule.isOrdinary { return 0 }
    return context.outputs[0].dropFirst().dropLast().reduce(1, *)
  }
}
