import ConvolutionalNetworks
import FeatureVisualizationTestSupport

/// What a program computes from inputs, and pulls back from gradients of its taps.
struct EngineRun: Equatable {
  let taps: [Tensor]
  /// By input name.
  let gradients: [String: Tensor]

  /// One forward pass and one pullback in `workspace`, whose memory is filled with NaN first: what is left
  /// over from an earlier step must not count.
  init(_ workspace: Workspace, _ inputs: [String: DoubleTensor], seeds: [DoubleTensor]) {
    for (name, input) in inputs {
      workspace.setInput(name, to: Tensor(shape: input.shape, repeating: .nan))
    }
    workspace.forward()
    Self.seed(workspace, seeds.map { DoubleTensor(shape: $0.shape, repeating: .nan) })
    workspace.pullback()

    for (name, input) in inputs { workspace.setInput(name, to: Tensor(input)) }
    workspace.forward()
    taps = workspace.program.taps.indices.map { workspace.tap($0) }
    Self.seed(workspace, seeds)
    workspace.pullback()
    gradients = Dictionary(
      uniqueKeysWithValues: inputs.keys.map { ($0, workspace.inputGradient($0)) })
  }

  /// Adds each tap's gradient, as losses do: taps may share memory.
  private static func seed(_ workspace: Workspace, _ seeds: [DoubleTensor]) {
    workspace.clearTapGradients()
    for (index, seed) in seeds.enumerated() {
      workspace.withTapGradient(index) { gradient in
        for (position, element) in zip(gradient.indices, seed.elements) {
          gradient[position] += Float(element)
        }
      }
    }
  }
}

extension EngineRun {
  /// Compiles and runs; gradients of the taps are drawn from `seed`.
  init(
    _ network: NeuralNetwork, _ inputs: [String: DoubleTensor], taps: [LayerID],
    options: Program.Options = .init(), seed: UInt64 = 7
  ) throws {
    let program = try Program(
      network, inputShapes: inputs.mapValues(\.shape), taps: taps, options: options)
    var tensors = SeededTensors(seed: seed)
    let seeds = program.taps.map { tensors.uniform($0.shape) }
    self.init(try Workspace(program), inputs, seeds: seeds)
  }
}
