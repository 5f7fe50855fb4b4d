internal import CFVKernels

extension GlobalPooling: SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  /// Pooling with a window as large as the map.
  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    let spatial = input.dropFirst().dropLast()
    // Channels last in memory, so the spatial axes can be taken as one.
    let cells = spatial.reduce(1, *)
    let geometry = try WindowGeometry(
      input: [input[0], cells, context.inputs[0][input.count - 1]],
      window: SlidingWindow(kernel: [cells]))
    switch reduction {
    case .average:
      return AveragePoolingKernel(
        geometry: geometry, countsPadding: false, outputStep: context.outputStep)
    case .maximum:
      guard cells < Int(UInt16.max) else { throw ShapeError("\(cells) positions are too many") }
      return MaximumPoolingKernel(
        geometry: geometry, epilogue: .none, outputStep: context.outputStep
      ).following(context.backpropRule)
    }
  }
}
