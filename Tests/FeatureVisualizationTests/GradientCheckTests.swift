import FeatureVisualization
import FeatureVisualizationTestSupport
import Synchronization
import Testing

/// Right gradients pass and wrong ones fail clearly, each for its own reason: a check that passes everything
/// would protect nobody's code.
struct GradientCheckTests {
  // MARK: The package's own

  @Test(arguments: [
    ActivationMaximization(layer: "a"), ActivationMaximization(layer: "a", units: [2, 0]),
    ActivationMaximization(layer: "a", eachOf: [[1], [0, 2]]),
    ActivationMaximization(layer: "a", units: [1], border: 1),
  ])
  func `activation maximization has the right gradient`(loss: ActivationMaximization) throws {
    try GradientCheck.check(loss, shapes: [[2, 5, 7, 3]])
  }

  @Test func `activation maximization works on dense and sequence layers`() throws {
    let loss = ActivationMaximization(layer: "a", units: [3])
    try GradientCheck.check(loss, shapes: [[3, 6]])
    try GradientCheck.check(loss, shapes: [[2, 5, 4]])
    let inner = ActivationMaximization(layer: "a", units: [3], border: 1)
    try GradientCheck.check(inner, shapes: [[2, 5, 4]])
    try GradientCheck.check(inner, shapes: [[2, 1, 5, 4]])
  }

  @Test(
    arguments: [
      LpNorm(p: 1), LpNorm(p: 2), LpNorm(p: 6), LpNorm(p: 3.5), LpNorm(p: 20),
      LpNorm(p: .infinity), LpNorm(p: 6, space: .unit), TotalVariation(beta: 1),
      TotalVariation(beta: 1.5), TotalVariation(beta: 2), TotalVariation(beta: 3.3),
      TotalVariation(beta: 2, space: .symmetric),
    ] as [any Regularizer],
    [[2, 5, 7, 3], [1, 2, 2, 1], [3, 4, 3, 3], [2, 1, 9, 4], [1, 7, 1, 2]])
  func `regularizers have the right gradient`(regularizer: any Regularizer, shape: [Int]) throws {
    try GradientCheck.check(regularizer, shapes: [shape])
  }

  @Test(
    arguments: [
      .jitter(3), .jitter(share: 0.4), .randomCrop(2), .padding(2, brightness: 0.3),
      .randomRotation(degrees: [-30, 10, 45, 90]), .randomScale([0.6, 0.9, 1.1, 1.7]),
      .randomRotation(degrees: .uniform(-40...40), edge: .clamp),
      .randomScale(.uniform(0.7...1.4), isPerAxis: true), .padding(3, .mirrored),
      .padding(4, .symmetric), .padding(2, .randomGray), .padding(share: 0.5, .mirrored), .flip,
      .flip(.vertical, probability: 1), .randomBlur(), .randomBlur(kernelSide: 15), .noise(0.1),
      .colorShift, .colorOffset(deviation: 0.3),
      .boxCrop(side: .uniform(0.2...0.9), placement: .uniform),
      .boxCrop(side: .normal(mean: 0.5, deviation: 0.2)),
    ] as [any InputModifier],
    [
      PictureSize(height: 7, width: 9), PictureSize(height: 6, width: 4),
      PictureSize(height: 5, width: 5, channels: 1),
    ])
  func `transformations have the exact adjoint`(modifier: any InputModifier, size: PictureSize)
    throws
  {
    let report = try GradientCheck.check(modifier, size: size)
    #expect(report.largestError < 1e-4)
    #expect(report.comparisonCount > 0)
  }

  @Test(arguments: [
    Translation(
      PictureSize(height: 4, width: 6), to: PictureSize(height: 9, width: 5), top: 3, left: -2),
    Translation(
      PictureSize(height: 4, width: 6), to: PictureSize(height: 9, width: 13), top: -3, left: 20,
      edge: .wrap),
    Translation(
      PictureSize(height: 4, width: 6), to: PictureSize(height: 3, width: 2), top: 2, left: 1),
  ])
  func `translations onto any canvas have the exact adjoint`(translation: Translation) throws {
    let report = try GradientCheck.check(
      Drawing(transformation: translation), size: translation.inputSize, drawCount: 1)
    #expect(report.largestError < 1e-5)
  }

  @Test(arguments: [
    Resampling.Edge.clamp, .fill(0.25),
  ])
  func `resampling by any affine map has the exact adjoint`(edge: Resampling.Edge) throws {
    let size = PictureSize(height: 6, width: 5)
    let resampling = Resampling(
      size, to: PictureSize(height: 7, width: 8), matrix: [0.8, 0.3, -1.2, -0.4, 0.9, 0.7],
      edge: edge)
    let report = try GradientCheck.check(
      Drawing(transformation: resampling), size: size, drawCount: 1)
    #expect(report.largestError < 1e-4)
  }

  @Test(
    arguments: [
      Pixels(start: .uniform(0...1)), Pixels(in: .byte, start: .normal(mean: 128, deviation: 9)),
      Pixels(in: .imageNetStandardized, start: .normal(mean: 0, deviation: 1)),
      Pixels(in: .meanSubtractedByte, start: .normal(mean: 0, deviation: 10)), Fourier(),
      Fourier(decay: 0.5, deviation: 0.3), Fourier(colors: nil),
    ] as [any Parameterization],
    [
      PictureSize(height: 6, width: 8), PictureSize(height: 5, width: 7),
      PictureSize(height: 4, width: 5, channels: 1), PictureSize(height: 1, width: 6),
    ])
  func `parameterizations have the right pullback`(
    parameterization: any Parameterization, size: PictureSize
  ) throws {
    try GradientCheck.check(parameterization, size: size)
  }

  // MARK: Wrong ones

  /// Σ x², with a gradient that can be wrong in several ways.
  private struct SquareSum: Loss {
    enum Fault: Sendable, CaseIterable {
      case none, sign, factor, neighbour, assigned, unscaled, oneValue, notANumber
    }
    let fault: Fault
    var name: String { "SquareSum" }
    var subjects: [LossSubject] { [.layer("a")] }

    func validate(_ shapes: [[Int]]) throws(VisualizationError) {
      guard shapes[0].count == 4 else { throw .invalidArgument("shape", "no feature map") }
    }

    func values(_ tensors: TappedTensors) -> [Float] {
      let values = tensors[0].mapPictures { values in
        fault == .notANumber
          ? .nan : values.indices.reduce(0) { $0 + values[$1] * values[$1] }
      }
      return fault == .oneValue ? [values.reduce(0, +)] : values
    }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      for (picture, scale) in scales.enumerated() {
        let values = tensors[0][picture: picture]
        var gradient = gradients[0, picture: picture]
        for i in values.indices {
          let slope = 2 * scale * values[i]
          switch fault {
          case .sign: gradient[i] -= slope
          case .factor: gradient[i] += 1.1 * slope
          case .neighbour: gradient[(i + 1) % gradient.count] += slope
          case .assigned: gradient[i] = slope
          case .unscaled: gradient[i] += 2 * values[i]
          case .none, .oneValue, .notANumber: gradient[i] += slope
          }
        }
      }
    }
  }

  @Test func `a right gradient of one's own passes with room to spare`() throws {
    let report = try GradientCheck.check(SquareSum(fault: .none), shapes: [[2, 5, 7, 3]])
    #expect(report.largestError < 1e-3)
    #expect(report.comparisonCount == 210)
  }

  @Test(arguments: [SquareSum.Fault.sign, .factor, .neighbour])
  private func `a wrong gradient is thrown with the place of its worst element`(
    fault: SquareSum.Fault
  ) throws {
    let error = #expect(throws: GradientCheckError.self) {
      try GradientCheck.check(SquareSum(fault: fault), shapes: [[2, 5, 7, 3]])
    }
    guard case .wrongGradient(let report) = error, let worst = report.worst else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(report.largestError > 5 * GradientCheck.tolerance)
    #expect(worst.index.count == 4 && worst.index[3] < 3)
    #expect(try GradientCheck.measure(SquareSum(fault: fault), shapes: [[2, 5, 7, 3]]) == report)
  }

  @Test(arguments: [SquareSum.Fault.assigned, .unscaled, .oneValue, .notANumber])
  private func `broken rules of the protocol are told apart from wrong numbers`(
    fault: SquareSum.Fault
  ) throws {
    let error = #expect(throws: GradientCheckError.self) {
      try GradientCheck.check(SquareSum(fault: fault), shapes: [[2, 3, 4, 2]])
    }
    guard case .brokenRule = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `shapes that a loss refuses, and a wrong number of them, are errors`() {
    #expect(throws: GradientCheckError.refused(.invalidArgument("shape", "no feature map"))) {
      try GradientCheck.check(SquareSum(fault: .none), shapes: [[2, 3]])
    }
    #expect(throws: GradientCheckError.self) {
      try GradientCheck.check(SquareSum(fault: .none), shapes: [])
    }
  }

  /// Doubles the picture, with faults.
  private struct Doubling: PictureTransformation {
    enum Fault: Sendable, CaseIterable { case factor, assigned, unwritten, square }
    let fault: Fault
    let outputSize: PictureSize

    func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
      for i in output.indices where fault != .unwritten || i > 0 {
        output[i] = fault == .square ? input[i] * input[i] : 2 * input[i]
      }
    }

    func pullback(
      _ outputGradient: Span<Float>, at input: Span<Float>,
      addingTo inputGradient: inout MutableSpan<Float>
    ) {
      for i in inputGradient.indices {
        let gradient = (fault == .factor ? 1 : 2) * outputGradient[i]
        inputGradient[i] = fault == .assigned ? gradient : inputGradient[i] + gradient
      }
    }
  }

  @Test(arguments: Doubling.Fault.allCases)
  private func `faulty transformations are found`(fault: Doubling.Fault) {
    let size = PictureSize(height: 3, width: 4)
    #expect(throws: GradientCheckError.self) {
      try GradientCheck.check(
        Drawing(transformation: Doubling(fault: fault, outputSize: size)), size: size)
    }
  }

  /// Pixels whose pullback forgets the scale.
  private struct ForgetfulPixels: Parameterization {
    let pixels = Pixels(in: .byte, start: .uniform(0...255))
    var name: String { "ForgetfulPixels" }
    var pixelSpace: PixelSpace? { .byte }
    var keepsRange: Bool { true }

    func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder {
      Decoder(decoder: try pixels.makeDecoder(for: context))
    }

    struct Decoder: PictureDecoder {
      let decoder: any PictureDecoder
      var parameterCount: Int { decoder.parameterCount }
      func initialParameters(using generator: inout SeededGenerator) -> [Float] {
        decoder.initialParameters(using: &generator)
      }
      func parameters(decodingTo picture: [Float]) -> [Float]? {
        decoder.parameters(decodingTo: picture)
      }
      func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
        decoder.decode(parameters, into: &picture)
      }
      func pullback(
        _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
        into parameterGradient: inout MutableSpan<Float>
      ) {
        for i in parameterGradient.indices { parameterGradient[i] = pictureGradient[i] }
      }
    }
  }

  @Test func `a faulty decoder is found`() throws {
    let size = PictureSize(height: 3, width: 4)
    let report = try GradientCheck.measure(ForgetfulPixels(), size: size)
    #expect(report.largestError > 0.9 && !report.isCorrect)
  }
}
