internal import CFVKernels

extension MathFunction: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  /// The kernel of an activation whose gradients nothing modifies.
  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let kind =
      switch self {
      case .absolute: CFV_ABSOLUTE
      case .exponential: CFV_EXPONENTIAL
      case .logarithm: CFV_LOGARITHM
      case .squareRoot: CFV_SQUARE_ROOT
      case .reciprocal: CFV_RECIPROCAL
      case .errorFunction: CFV_ERROR_FUNCTION
      }
    return ActivationKernel(
      count: context.inputs[0].reduce(1, *),
      curve: .fixed(cfv_activation(kind: kind, a: 0, b: 0)), rule: nil)
  }
}
