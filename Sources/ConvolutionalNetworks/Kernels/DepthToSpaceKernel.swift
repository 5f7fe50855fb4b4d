// With channels last, blocks and channels are axes of their own without moving anything, and what is left of
// either operation is to swap axes.

extension DepthToSpace: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    let channels = context.outputs[0][3]
    let cell = Array(input[..<3])
    return switch order {
    case .depthColumnRow:
      TranspositionKernel(
        shape: cell + [blockSize, blockSize, channels], permutation: [0, 1, 3, 2, 4, 5])
    case .columnRowDepth:
      TranspositionKernel(
        shape: cell + [channels, blockSize, blockSize], permutation: [0, 1, 4, 2, 5, 3])
    }
  }
}

extension SpaceToDepth: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    let blocks = context.outputs[0]
    return TranspositionKernel(
      shape: [input[0], blocks[1], blockSize, blocks[2], blockSize, input[3]],
      permutation: [0, 1, 3, 2, 4, 5])
  }
}
