internal import CFVKernels

/// The weights of a dense layer, stored in some precision: the products that the kernel takes them for.
protocol DenseWeights: Sendable {
  var units: Int { get }
  /// Inputs of a unit.
  var width: Int { get }

  /// `output[r, u] = Σ_i input[r, i] · weights[u, i]` for some units; `output` is at the first of them, its rows
  /// `units` apart.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, units chosen: Range<Int>,
    into output: UnsafeMutablePointer<Float>)

  /// `gradient[r, i] = Σ_u outputGradient[r, u] · weights[u, i]` for some inputs; `open` has room for a number a unit.
  func pullBack(
    _ outputGradient: UnsafePointer<Float>, rows: Int, inputs: Range<Int>,
    into gradient: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>)
}

/// Weights as the network has them, `[units, inputs]`.
struct SingleDenseWeights: DenseWeights {
  let elements: Tensor

  var units: Int { elements.shape[0] }
  var width: Int { elements.shape[1] }

  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, units chosen: Range<Int>,
    into output: UnsafeMutablePointer<Float>
  ) {
    cfv_dense_multiply(
      input, rows, elements.unsafeElements + chosen.lowerBound * width, nil, width, chosen.count,
      output, units)
  }

  func pullBack(
    _ outputGradient: UnsafePointer<Float>, rows: Int, inputs: Range<Int>,
    into gradient: UnsafeMutablePointer<Float>, accumulating: Bool,
    open: UnsafeMutablePointer<Int32>
  ) {
    cfv_dense_pull_back(
      outputGradient, rows, elements.unsafeElements, nil, width, units, inputs.lowerBound,
      inputs.upperBound, gradient, accumulating ? 1 : 0, open)
  }
}
