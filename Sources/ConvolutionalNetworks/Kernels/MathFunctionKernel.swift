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
      case .sine: CFV_SINE
      case .cosine: CFV_COSINE
      case .tangent: CFV_TANGENT
      case .arcsine: CFV_ARCSINE
      case .arccosine: CFV_ARCCOSINE
      case .arctangent: CFV_ARCTANGENT
      case .hyperbolicSine: CFV_HYPERBOLIC_SINE
      case .hyperbolicCosine: CFV_HYPERBOLIC_COSINE
      case .hyperbolicArcsine: CFV_HYPERBOLIC_ARCSINE
      case .hyperbolicArccosine: CFV_HYPERBOLIC_ARCCOSINE
      case .hyperbolicArctangent: CFV_HYPERBOLIC_ARCTANGENT
      case .floor: CFV_FLOOR
      case .ceiling: CFV_CEILING
      case .round: CFV_ROUND
      case .truncate: CFV_TRUNCATE
      case .sign: CFV_SIGN
      }
    return ActivationKernel(
      count: context.inputs[0].reduce(1, *),
      curve: .fixed(cfv_activation(kind: kind, a: 0, b: 0)), rule: nil)
  }
}
