extension Epilogue {
  /// What the pullback of a dense layer begins with: the gradient of its sums, past the activation, and where that of
  /// its input goes; `nil` where nobody wants one.
  func pullBackSums(_ run: KernelRun, rows: Int, units: Int)
    -> (sums: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>)?
  {
    guard let input = run.inputGradients[0], let sums = run.outputGradients[0] else { return nil }
    pullBack(gradient: sums, values: run.outputs[0], rows: rows, columns: units, step: units)
    return (sums, input)
  }
}
