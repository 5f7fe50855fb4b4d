import FeatureVisualization
import FeatureVisualizationTestSupport
import Synchronization
import Testing

/// The checks of optimizers and modifiers let the package's own pass, and find stubs and wrong signs.
struct ConformanceCheckTests {
  private static let size = PictureSize(height: 5, width: 4)

  private func expectBroken(_ body: () throws -> Void) {
    let error = #expect(throws: GradientCheckError.self) { try body() }
    guard case .brokenRule = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  // MARK: The package's own

  @Test(
    arguments: [
      Adam(), RMSProp(), GradientDescent(.constant(0.1)),
      GradientDescent(.progress(1, maximum: 100)),
    ] as [any Optimizer])
  func `the package's optimizers keep the rules`(optimizer: any Optimizer) throws {
    try GradientCheck.check(optimizer)
  }

  @Test(
    arguments: [.negate, .absolute, .relu, .invert, .smallValues] as [ElementwiseGradModifier])
  func `the package's gradient modifiers keep the rules`(modifier: ElementwiseGradModifier) throws {
    try GradientCheck.check(modifier, size: Self.size)
  }

  @Test func `the package's backprop modifiers keep the rules`() throws {
    try GradientCheck.check(GuidedBackprop())
    try GradientCheck.check(RectifiedBackprop())
    try GradientCheck.check(RedirectedReLU())
    try GradientCheck.check(SmoothedMaxPooling(.average))
    try GradientCheck.check(SmoothedMaxPooling(.contraharmonic))
  }

  // MARK: Wrong ones

  private struct FaultyDescent: Optimizer, OptimizerState {
    enum Fault: Sendable, CaseIterable { case nothing, constant, uphill, notFinite }
    let fault: Fault
    var name: String { "FaultyDescent" }
    func start(parameterCount: Int) -> any OptimizerState { self }
    func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      for i in parameters.indices {
        switch fault {
        case .nothing: break
        case .constant: parameters[i] += 0.1
        case .uphill: parameters[i] += gradient[i]
        case .notFinite: parameters[i] = .nan
        }
      }
    }
  }

  @Test(arguments: FaultyDescent.Fault.allCases)
  private func `faulty optimizers are found`(fault: FaultyDescent.Fault) {
    expectBroken { try GradientCheck.check(FaultyDescent(fault: fault)) }
  }

  /// Descent whose momentum is shared by all pictures.
  private final class SharedMomentum: Optimizer {
    let momentum = Mutex<[Float]>([])
    var name: String { "SharedMomentum" }
    func start(parameterCount: Int) -> any OptimizerState { State(owner: self) }

    struct State: OptimizerState {
      let owner: SharedMomentum
      func step(
        _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
      ) {
        for i in parameters.indices {
          parameters[i] -= owner.momentum.withLock { momentum in
            while momentum.count <= i { momentum.append(0) }
            momentum[i] = 0.01 * momentum[i] + gradient[i]
            return momentum[i]
          }
        }
      }
    }
  }

  @Test func `an optimizer that shares its memory is found`() {
    expectBroken { try GradientCheck.check(SharedMomentum()) }
  }

  @Test func `gradient modifiers with faults are found`() {
    for modifier in [
      ElementwiseGradModifier("constant") { _ in 1 },
      ElementwiseGradModifier("silently negated") { -$0 },
      ElementwiseGradModifier("nothing reversed", reversesObjective: true) { $0 },
      ElementwiseGradModifier("not finite") { $0 / 0 },
    ] {
      expectBroken { try GradientCheck.check(modifier, size: Self.size) }
    }
  }

  private struct Zero: ElementwiseBackprop {
    func pullback(_ gradient: Float, at point: ActivationPoint) -> Float { 0 }
  }

  @Test func `a backprop modifier that writes constants is found`() {
    expectBroken { try GradientCheck.check(Zero()) }
  }

  private struct Erasing: WholePictureBackprop {
    func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>) {
      for i in result.indices { result[i] = 0 }
    }
  }

  private struct Misplaced: BackpropModifier {
    func rule(at site: BackpropSite) -> BackpropRule { .smoothed(.average) }
  }

  @Test func `rules for whole pictures that write constants, and those of other layers, are found`()
  {
    expectBroken { try GradientCheck.check(Erasing()) }
    expectBroken { try GradientCheck.check(Misplaced()) }
  }

  /// Writes grey, whatever it is handed.
  private struct Grey: PictureTransformation {
    let outputSize: PictureSize
    func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
      for i in output.indices { output[i] = 0.5 }
    }
    func pullback(
      _ outputGradient: Span<Float>, at input: Span<Float>,
      addingTo inputGradient: inout MutableSpan<Float>
    ) {}
  }

  private struct Nothing: Loss {
    var name: String { "Nothing" }
    var subjects: [LossSubject] { [.layer("a")] }
    func values(_ tensors: TappedTensors) -> [Float] { tensors[0].mapPictures { _ in 3 } }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  @Test func `stubs that write constants are found`() {
    expectBroken {
      try GradientCheck.check(
        Drawing(transformation: Grey(outputSize: Self.size)), size: Self.size)
    }
    expectBroken { try GradientCheck.check(Nothing(), shapes: [[2, 3, 3, 2]]) }
  }

  @Test func `a transformation to other channels is found before it is tried`() {
    let gray = PictureSize(height: 5, width: 4, channels: 1)
    expectBroken {
      try GradientCheck.check(Drawing(transformation: Grey(outputSize: gray)), size: Self.size)
    }
  }
}
