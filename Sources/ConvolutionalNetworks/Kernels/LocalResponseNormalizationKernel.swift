internal import CFVKernels

extension LocalResponseNormalization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    let channels = input[input.count - 1]
    return LocalResponseNormalizationKernel(
      positions: input.dropLast().reduce(1, *),
      response: cfv_response(
        channels: channels, before: min(reach.before, channels), after: min(reach.after, channels),
        weight: alpha / Float(size), beta: beta, bias: bias))
  }
}

/// Normalizes each position's channels by the mean square of their neighbours.
struct LocalResponseNormalizationKernel: Kernel {
  let positions: Int
  let response: cfv_response

  var pullbackReads: PullbackReads { .inputs }

  /// What the pullback needs of the bases of the powers, a number per element.
  var stateCount: Int { positions * response.channels }

  var scratchCount: Int {
    Int(CFV_RESPONSE_ROWS) * (response.channels + response.before + response.after)
  }

  /// Positions of one chunk.
  private static let chunk = 64

  func forward(_ run: KernelRun) {
    run.forEachBlock(of: positions, size: Self.chunk) { first, count, worker in
      var response = response
      let offset = first * response.channels
      cfv_normalize_response(
        &response, run.inputs[0] + offset, run.outputs[0] + offset, run.state + offset, count,
        run.scratch(worker))
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(of: positions, size: Self.chunk) { first, count, worker in
      var response = response
      let offset = first * response.channels
      cfv_pull_back_normalize_response(
        &response, run.inputs[0] + offset, run.state + offset, output + offset, gradient + offset,
        count,
        run.accumulates[0] ? 1 : 0, run.scratch(worker))
    }
  }
}
