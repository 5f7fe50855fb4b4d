internal import CFVKernels

/// Cells of an output's axis that come from the input one step apart, or that hold a number of their own.
struct AxisRun: Sendable, Equatable {
  /// The number of cells.
  let count: Int
  /// The first cell's position in the input; `nil` for cells that no input reaches.
  let source: Int?
  /// From one cell's position in the input to the next one's: 1, −1 for mirrored cells, 0 for a repeated one.
  let step: Int

  init(count: Int, from source: Int?, step: Int = 1) {
    self.count = count
    self.source = source
    self.step = step
  }
}

/// Copies an array cell by cell, axis by axis, from other places: slices, crops and padding.
struct GatheringKernel: Kernel {
  private struct Axis {
    let runs: [AxisRun]
    /// The elements of a cell of the input and of the output.
    let inputStep: Int
    let outputStep: Int
  }

  /// The axes, without the last ones that stay as they are: those are one block.
  private let axes: [Axis]
  private let block: Int
  private let inputCount: Int
  private let filler: Float

  /// For an input of shape `shape` in memory order; `filler` is what cells that no input reaches hold.
  init(shape: [Int], runs: [[AxisRun]], filler: Float = 0) {
    var axes: [Axis] = []
    var block = 1
    var (inputStep, outputStep) = (1, 1)
    for (extent, runs) in zip(shape, runs).reversed() {
      if axes.isEmpty, runs == [AxisRun(count: extent, from: 0)] {
        block *= extent
      } else {
        axes.append(Axis(runs: runs, inputStep: inputStep, outputStep: outputStep))
      }
      inputStep *= extent
      outputStep *= runs.reduce(0) { $0 + $1.count }
    }
    self.axes = axes.reversed()
    self.block = block
    self.filler = filler
    inputCount = shape.reduce(1, *)
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    guard !axes.isEmpty else {
      add(run.inputs[0], to: run.outputs[0], block, false)
      return
    }
    gather(0, from: run.inputs[0], to: run.outputs[0])
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    if !run.accumulates[0] { gradient.update(repeating: 0, count: inputCount) }
    guard !axes.isEmpty else {
      add(output, to: gradient, block, true)
      return
    }
    scatter(0, from: output, to: gradient)
  }

  private func gather(
    _ depth: Int, from input: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>
  ) {
    let axis = axes[depth]
    var output = output
    for run in axis.runs {
      let count = run.count * axis.outputStep
      defer { output += count }
      guard let source = run.source else {
        output.update(repeating: filler, count: count)
        continue
      }
      let from = input + source * axis.inputStep
      if depth == axes.count - 1 {
        // Here a cell of the input is as large as one of the output.
        if run.step == 1 {
          add(from, to: output, run.count * block, false)
        } else {
          cfv_copy_rows(from, run.step * block, output, block, run.count, block, 0)
        }
      } else {
        for cell in 0..<run.count {
          gather(
            depth + 1, from: from + cell * run.step * axis.inputStep,
            to: output + cell * axis.outputStep)
        }
      }
    }
  }

  private func scatter(
    _ depth: Int, from output: UnsafePointer<Float>, to input: UnsafeMutablePointer<Float>
  ) {
    let axis = axes[depth]
    var output = output
    for run in axis.runs {
      defer { output += run.count * axis.outputStep }
      guard let source = run.source else { continue }
      let target = input + source * axis.inputStep
      if depth == axes.count - 1 {
        cfv_copy_rows(output, block, target, run.step * block, run.count, block, 1)
      } else {
        for cell in 0..<run.count {
          scatter(
            depth + 1, from: output + cell * axis.outputStep,
            to: target + cell * run.step * axis.inputStep)
        }
      }
    }
  }
}
