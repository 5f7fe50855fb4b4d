import FeatureVisualization
import Testing

/// An error that a conforming type throws comes out with the type's name.
struct OwnErrorTests {
  private struct Grumble: Error, CustomStringConvertible { var description: String { "no more" } }

  private struct GrumblingLoss: Loss {
    var name: String { "GrumblingLoss" }
    var subjects: [LossSubject] { [.layer("dense")] }
    func resolved(in network: NeuralNetwork) throws -> Self { throw Grumble() }
    func values(_ tensors: TappedTensors) -> [Float] { [] }
    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  private struct GrumblingModifier: InputModifier, Projection, GradModifier {
    var name: String { "GrumblingModifier" }
    func validate(_ size: PictureSize) throws { throw Grumble() }
    func draw(
      for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
    ) -> (any PictureTransformation)? { nil }
    func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {}
    func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {}
  }

  private struct GrumblingPixels: Parameterization {
    var name: String { "GrumblingPixels" }
    var pixelSpace: PixelSpace? { nil }
    var keepsRange: Bool { true }
    func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder { throw Grumble() }
  }

  private func expect(
    _ type: String, _ objective: some ObjectiveConvertible, _ change: (inout Preset) -> Void
  ) throws {
    var preset = Preset.smallSteps(1)
    change(&preset)
    #expect(throws: VisualizationError.failed(type: type, reason: "no more")) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(objective, preset: preset)
    }
  }

  @Test func `of a loss, a modifier, a projection and a parameterization`() throws {
    let unit = ActivationMaximization(layer: "dense", units: [1])
    try expect("GrumblingLoss", GrumblingLoss()) { _ in }
    try expect("GrumblingModifier", unit) { $0.inputModifiers = [GrumblingModifier()] }
    try expect("GrumblingModifier", unit) { $0.projections = [GrumblingModifier()] }
    try expect("GrumblingModifier", unit) { $0.gradModifier = GrumblingModifier() }
    try expect("GrumblingPixels", unit) { $0.parameterization = GrumblingPixels() }
  }
}
