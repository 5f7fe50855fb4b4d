/// The memory of a run: values, gradients and whatever kernels keep. One per concurrent run of a program.
///
/// A forward pass and a pullback allocate nothing. Not `Sendable`: two tasks take two workspaces.
public final class Workspace {
  /// The program that runs here.
  public let program: Program

  private let memory: UnsafeMutablePointer<Float>
  private let memoryCount: Int
  private(set) var runs: [KernelRun] = []
  private let tapViews:
    [(value: UnsafeMutableBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>?)]
  private let inputViews:
    [String: (
      value: UnsafeMutableBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>?
    )]

  /// Memory for runs of `program` on as many threads as `WorkerPool` has now.
  ///
  /// - Throws: `VisualizationError.outOfMemory` where the system has not as much left.
  public init(_ program: Program) throws(VisualizationError) {
    self.program = program
    let threads = WorkerPool.threadCount
    let schedule = program.schedule
    let layout = WorkspaceLayout(program, threads: threads)
    memoryCount = layout.count
    guard let memory = UnsafeMutablePointer<Float>.allocateAligned(ifThereIs: memoryCount) else {
      throw .outOfMemory(needed: memoryCount.floatBytes)
    }
    self.memory = memory
    memory.initialize(repeating: 0, count: memoryCount)

    let base = memory
    let shared = memory + schedule.plan.count
    let scratch = shared + layout.sharedCount
    let scratchStep = layout.scratchStep
    func view(_ buffer: Int) -> (
      UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>?
    ) {
      let count = program.buffers[buffer].count
      return (
        UnsafeMutableBufferPointer(start: base + (schedule.values[buffer] ?? 0), count: count),
        schedule.gradients[buffer].map { .init(start: base + $0, count: count) }
      )
    }
    tapViews = program.tapBuffers.map(view)
    inputViews = program.inputBuffers.mapValues(view)
    for (index, step) in program.steps.enumerated() {
      func wanted(_ buffer: Int) -> UnsafeMutablePointer<Float>? {
        program.buffers[buffer].needsGradient ? schedule.gradients[buffer].map { base + $0 } : nil
      }
      runs.append(
        KernelRun(
          inputs: step.inputs.map { UnsafePointer(base + (schedule.values[$0] ?? 0)) },
          outputs: step.outputs.map { base + (schedule.values[$0] ?? 0) },
          inputGradients: step.inputs.map(wanted), outputGradients: step.outputs.map(wanted),
          accumulates: schedule.accumulates[index], state: base + (schedule.states[index] ?? 0),
          shared: shared, threads: threads, scratchBase: scratch, scratchStep: scratchStep))
    }
    for index in 0..<program.constantStepCount { program.steps[index].kernel.forward(runs[index]) }
  }

  deinit { memory.deallocateAligned(count: memoryCount) }

  /// Computes the taps from the inputs.
  public func forward() { _ = forward { true } }

  /// Computes the taps from the inputs, as long as that is wanted.
  ///
  /// - Parameter isWanted: asked before each layer.
  /// - Returns: whether the taps are computed.
  package func forward(while isWanted: () -> Bool) -> Bool {
    WorkerPool.enter()
    defer { WorkerPool.leave() }
    for index in program.constantStepCount..<program.steps.count {
      guard isWanted() else { return false }
      program.steps[index].kernel.forward(runs[index])
    }
    return true
  }

  /// Pulls the gradients of the taps back to the inputs that are differentiated.
  ///
  /// Write the gradients of the taps first, all of them (`withTapGradient`); they are spent afterwards. Taps
  /// of a value and of a view of it, such as its flattened form, share their gradient: where both may be
  /// tapped, clear and then add. Each pullback needs a `forward()` before it: gradients take the place of values
  /// that forward has computed.
  ///
  /// - Parameter moment: where the run stands, which backprop modifiers are told.
  public func pullback(at moment: Moment = Moment(iteration: 0, of: 1)) {
    _ = pullback(at: moment) { true }
  }

  /// Pulls the gradients of the taps back, as long as that is wanted.
  ///
  /// - Parameter isWanted: asked before each layer.
  /// - Returns: whether the inputs' gradients are written.
  package func pullback(at moment: Moment, while isWanted: () -> Bool) -> Bool {
    if runs.first?.moment != moment {
      for index in runs.indices { runs[index].moment = moment }
    }
    WorkerPool.enter()
    defer { WorkerPool.leave() }
    for index in program.steps.indices.reversed() where program.schedule.pullsBack[index] {
      guard isWanted() else { return false }
      program.steps[index].kernel.pullback(runs[index])
    }
    return true
  }

  /// Sets the gradient of every tap to zero.
  public func clearTapGradients() {
    for view in tapViews { view.gradient?.update(repeating: 0) }
  }

  /// Calls `body` with an input's elements, feature maps as `[N, H, W, C]`.
  ///
  /// - Precondition: the program has an input of this name.
  public func withInput<Result>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    guard let view = inputViews[name] else { preconditionFailure("no input '\(name)'") }
    return try body(view.value)
  }

  /// Calls `body` with the gradient of an input, written by `pullback()`; empty where no tap depends on it.
  ///
  /// - Precondition: the program has an input of this name.
  public func withInputGradient<Result>(
    _ name: String, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    guard let view = inputViews[name] else { preconditionFailure("no input '\(name)'") }
    return try body(UnsafeBufferPointer(view.gradient ?? .init(start: nil, count: 0)))
  }

  /// Calls `body` with a tap's elements, in the shape that `Program.taps` states.
  public func withTap<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try body(UnsafeBufferPointer(tapViews[index].value))
  }

  /// Calls `body` with the gradient of a tap, to be written before `pullback()`; empty where no
  /// differentiated input reaches the tap.
  public func withTapGradient<Result>(
    _ index: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try body(tapViews[index].gradient ?? .init(start: nil, count: 0))
  }
}

extension Workspace {
  /// Calls `body` with the gradient of a layer's output that `Program.Options.retainedGradients` asks for: what all its
  /// readers and taps hand down together. Feature maps are `[N, H, W, C]`.
  ///
  /// The last pullback wrote it, and the next one writes it anew; before the first it is zero. A tap on the layer
  /// gives the values.
  ///
  /// - Parameter index: in `Program.retainedGradients`.
  public func withRetainedGradient<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    let count = program.retainedGradients[index].shape.reduce(1, *)
    return try body(
      UnsafeBufferPointer(start: runs[program.retainingSteps[index]].state, count: count))
  }

  /// A copy of the gradient of a layer's output; see `withRetainedGradient`.
  public func retainedGradient(_ index: Int) -> Tensor {
    withRetainedGradient(index) {
      Tensor(shape: program.retainedGradients[index].shape, elements: $0)
    }
  }
}

/// How many `Float`s a workspace takes, and for what.
struct WorkspaceLayout {
  /// What the workers need together.
  let sharedCount: Int
  /// What each worker needs for itself.
  let scratchStep: Int
  /// All of it, values, gradients and kernels' state included; the largest number there is where that is too large.
  let count: Int

  init(_ program: Program, threads: Int) {
    var (shared, scratch) = (0, 0)
    for step in program.steps {
      shared = max(shared, step.kernel.sharedCount)
      scratch = max(scratch, step.kernel.scratchCount)
    }
    sharedCount = shared / 16 * 16 + 16
    scratchStep = scratch / 16 * 16 + 16
    let (scratchCount, overflows) = scratchStep.multipliedReportingOverflow(by: threads)
    count = program.schedule.plan.count.addingClamped(sharedCount)
      .addingClamped(overflows ? .max : scratchCount)
  }
}

extension Workspace {
  /// Copies a tensor into an input, feature maps as `[N, H, W, C]`.
  ///
  /// - Precondition: its shape is the one the program was compiled for.
  public func setInput(_ name: String, to tensor: Tensor) {
    precondition(
      tensor.shape == program.inputShapes[name],
      "input '\(name)' takes \(program.inputShapes[name] ?? []), not \(tensor.shape)")
    withInput(name) { target in
      tensor.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
    }
  }

  /// A copy of a tap.
  public func tap(_ index: Int) -> Tensor {
    withTap(index) { Tensor(shape: program.taps[index].shape, elements: $0) }
  }

  /// A copy of the gradient of an input; zeros where no tap depends on it.
  public func inputGradient(_ name: String) -> Tensor {
    let shape = program.inputShapes[name] ?? []
    return withInputGradient(name) { gradient in
      gradient.isEmpty ? Tensor(shape: shape) : Tensor(shape: shape, elements: gradient)
    }
  }
}
