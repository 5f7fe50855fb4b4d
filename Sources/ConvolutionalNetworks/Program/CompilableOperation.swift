/// An operation that a program can place in memory.
package protocol ArrangedOperation: LayerOperation {
  /// How its inputs and outputs must lie.
  var arrangementRule: ArrangementRule { get }
}

/// An operation whose output is its input's memory under another shape: it never runs.
package protocol ViewOperation: ArrangedOperation {}

/// An operation that runs: it makes a kernel for the shapes of its values.
///
/// A new operation conforms in the file of its kernel, `Kernels/<Operation>Kernel.swift`.
package protocol CompilableOperation: ArrangedOperation {
  /// The kernel for the shapes at hand.
  func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel

  /// The `Float`s that the kernel will hold for itself as long as it lives, such as weights in the order in which it
  /// reads them; small numbers need not be exact.
  func heldCount(_ context: KernelContext) -> Int
}

extension CompilableOperation {
  package func heldCount(_ context: KernelContext) -> Int { 0 }
}

/// What a kernel is made for.
package struct KernelContext {
  /// The shapes of the inputs as they lie in memory; with `following`, all have the output's rank.
  package let inputs: [[Int]]
  /// The shapes of the outputs as they lie in memory.
  package let outputs: [[Int]]
  /// How inputs and outputs lie.
  package let arrangement: Arrangement
  /// The logical shapes of the inputs.
  package let logicalInputs: [[Int]]
  /// Where the pictures of a batch lie in the first input, in logical axes.
  package let pictures: PictureAxis
  /// For each input, whether its gradient is wanted.
  package let inputsNeedGradients: [Bool]
  /// Whether gradients of input 0 count for nothing where it is 0.
  package let inputClosesAtZero: Bool
  /// The axis order of the network.
  package let layout: TensorLayout
  /// What the kernel does to its result in the same pass, where its operation is `EpilogueFusing`.
  package let epilogue: Epilogue
  /// Which matrix products and convolutions are used.
  package let arithmetic: Program.Arithmetic
  /// How the weights of dense layers are stored.
  package let denseWeights: Program.WeightPrecision
  /// The name of the layer.
  package let layer: String
  /// How gradients pass the operation.
  package let backpropRule: BackpropRule
  /// The elements from one row (position of a feature map) of output 0 to the next, and from one row of its
  /// gradient to the next: its channels, or more where it is a slice of a concatenated value, which only
  /// operations that are `SliceWriting` are asked for.
  package let outputStep: Int
  /// For each input, whether it lies in its slice of the output already; only of a concatenation.
  package let inputsInPlace: [Bool]

  /// The axis in memory of a logical axis of the first input.
  package func place(axis: Int) throws(ShapeError) -> Int {
    let rank = logicalInputs[0].count
    return arrangement.place(axis: try normalizedAxis(axis, rank: rank), rank: rank)
  }
}

/// An operation whose kernel can scale, shift and activate its result in the same pass.
package protocol EpilogueFusing: CompilableOperation {
  /// Whether `next`, which reads the result, can be part of the pass, for inputs of these logical shapes.
  func fuses(_ next: any LayerOperation, inputs: [[Int]]) -> Bool
}

extension EpilogueFusing {
  package func fuses(_ next: any LayerOperation, inputs: [[Int]]) -> Bool { true }
}

/// An operation whose kernel writes its only output, and reads its gradient, in rows that are
/// `KernelContext.outputStep` apart. What lies between the rows belongs to other kernels.
package protocol SliceWriting: CompilableOperation {}
