// What a compiler puts together: places in memory, and steps that work on them.

extension ProgramCompiler {
  /// A value as it lies in memory.
  struct Buffer {
    /// The shape as it lies.
    let shape: [Int]
    let arrangement: Arrangement
    /// The buffer whose memory it shares, for views and slices.
    var aliased: Int?
    /// Where in that memory it lies, if it is a slice of it.
    var slice: Slice?
    /// Whether it depends on an input whose gradient is wanted.
    var needsGradient: Bool
    /// Whether it depends on no input at all.
    var isConstant: Bool

    var count: Int { shape.reduce(1, *) }

    /// The elements from one row to the next.
    var step: Int { slice?.step ?? shape.last ?? 1 }
  }

  /// A part of each row of another buffer, or a stretch of it.
  struct Slice {
    /// The elements before it.
    let offset: Int
    /// The elements from one row to the next.
    let step: Int
  }

  /// A kernel and the buffers it works on.
  struct Step {
    let layer: String
    let kernel: any Kernel
    let inputs: [Int]
    let outputs: [Int]
  }

  /// A step whose kernel is not made yet: which memory it works on is not settled.
  struct Draft {
    /// What it computes; `nil` for a copy that changes the order in memory, which has its kernel.
    let node: ProgramGraph.Node?
    var kernel: (any Kernel)?
    let arrangement: Arrangement
    let inputs: [Int]
    let outputs: [Int]
  }
}
