import Foundation
import Testing

@testable import Attribution

@Suite("Gradient methods")
struct GradientMethodTests {
  private let network: NeuralNetwork
  private let picture: Tensor
  private let objective = ActivationMaximization(layer: "dense", units: [3])

  init() throws {
    network = try SmoothNetwork.make()
    picture = SmoothNetwork.pictures(1)
  }

  @Test(
    "integrated gradients sum to s(x) − s(x₀), for any baseline and either rule",
    arguments: [
      Baseline.black, .white, .color([0.2, 0.4, 0.9]), .networkZero,
      .picture(SmoothNetwork.pictures(1, seed: 9)),
    ], [(IntegratedGradients.Rule.gaussLegendre, 20, Float(1e-4)), (.trapezoid, 200, 1e-3)])
  func completeness(
    baseline: Baseline, rule: (rule: IntegratedGradients.Rule, points: Int, tolerance: Float)
  ) throws {
    let question = try AttributionQuestion(network, objective, at: picture)
    let start = try baseline.picture(for: question)
    let change = try question.values(at: picture)[0] - question.values(at: start)[0]
    for reduction in [nil, ChannelReduction.sum] {
      let map = try question.answer(
        by: IntegratedGradients(
          points: rule.points, baseline: baseline, rule: rule.rule, reduction: reduction))
      let scale = map.values.elements.reduce(0) { $0 + abs($1) }
      #expect(abs(map.values.sum() - change) < rule.tolerance * max(scale, 1))
      #expect(map.isSigned)
    }
  }

  @Test("Gauss–Legendre rules of n points are exact for polynomials of degree 2n − 1")
  func quadrature() throws {
    for points in [1, 2, 3, 7, 20, 64, 200] {
      let rule = try Quadrature(.gaussLegendre, points: points)
      #expect(rule.nodes == rule.nodes.sorted() && Set(rule.nodes).count == points)
      for degree in 0..<min(2 * points, 40) {
        let integral = zip(rule.nodes, rule.weights).reduce(0.0) { sum, pair in
          sum + pair.1 * (0..<degree).reduce(1.0) { power, _ in power * pair.0 }
        }
        #expect(abs(integral - 1 / Double(degree + 1)) < 1e-13)
      }
    }
    let trapezoid = try Quadrature(.trapezoid, points: 5)
    #expect(trapezoid.nodes == [0, 0.25, 0.5, 0.75, 1])
    #expect(trapezoid.weights == [0.125, 0.25, 0.25, 0.25, 0.125])
  }

  @Test(
    "noise is normal: as many numbers lie below any bound as the distribution says, and pairs are independent"
  )
  func normalNoise() {
    // More than one stretch, and an odd number of numbers.
    let noise = NormalNoise(seed: 3).added(
      to: Tensor(shape: [1, 101, 99, 3]), deviation: 1, sample: 5
    ).elements
    let count = Double(noise.count)
    let sorted = noise.sorted()
    let differences = sorted.enumerated().map { rank, number in
      abs(0.5 * erfc(-Double(number) / 2.0.squareRoot()) - Double(rank) / count)
    }
    // The test of Kolmogorov and Smirnov at a level of 10⁻⁴.
    #expect((differences.max() ?? 1) < 2.23 / count.squareRoot())
    #expect(sorted[0] > -5.8 && sorted[noise.count - 1] < 5.8)
    for distance in [1, 2, 99 * 3] {
      let products = (distance..<noise.count).map {
        Double(noise[$0]) * Double(noise[$0 - distance])
      }
      #expect(abs(products.reduce(0, +) / count) < 4 / count.squareRoot())
    }
  }

  @Test("a sample's noise does not depend on the number of threads, and is no other sample's")
  func noiseOfThreads() {
    let picture = Tensor(shape: [1, 100, 100, 3], repeating: 0.5)
    func noise(_ sample: Int, threads: Int) -> Tensor {
      let before = WorkerPool.threadCount
      WorkerPool.threadCount = threads
      defer { WorkerPool.threadCount = before }
      return NormalNoise(seed: 3).added(to: picture, deviation: 0.1, sample: sample)
    }
    #expect(noise(0, threads: 1) == noise(0, threads: 5))
    let (first, second) = (noise(0, threads: 2).elements, noise(1, threads: 2).elements)
    #expect(Set(first).intersection(second).count < first.count / 50)
  }

  @Test("points and samples that no rule has are errors")
  func arguments() throws {
    let methods: [any AttributionMethod] = [
      .integratedGradients(points: 0), .integratedGradients(points: 1, rule: .trapezoid),
      .integratedGradients(points: 1_000_000), .smoothGrad(samples: 0),
      .smoothGrad(noise: .relative(-1)), .smoothGrad(noise: .absolute(.nan)),
      .integratedGradients(baseline: .color([0, 1])),
      .integratedGradients(baseline: .picture(Tensor(shape: [2, 2, 3]))),
      .gradientTimesInput(baseline: .color([.infinity])),
    ]
    for method in methods {
      #expect(throws: VisualizationError.self, "\(method)") {
        try network.attribution(of: objective, at: picture, by: method)
      }
    }
  }

  @Test(
    "without noise SmoothGrad is saliency, VarGrad nothing, and SquareGrad the gradient's square")
  func noNoise() throws {
    func map(_ method: any AttributionMethod) throws -> [Float] {
      try network.attribution(of: objective, at: picture, by: method).values.elements
    }
    let saliency = try map(.saliency)
    #expect(
      relativeDifference(try map(.smoothGrad(samples: 3, noise: .absolute(0))), saliency) < 1e-6)
    #expect(try map(.varGrad(samples: 3, noise: .absolute(0))).allSatisfy { $0 < 1e-12 })
    #expect(
      relativeDifference(
        try map(.squareGrad(samples: 3, noise: .absolute(0))), saliency.map { $0 * $0 }) < 1e-5)
    // A picture of one colour has no range.
    let flat = picture.map { _ in 0.5 }
    #expect(
      try network.attribution(of: objective, at: flat, by: .smoothGrad(samples: 3)).values.elements
        .allSatisfy(\.isFinite))
  }

  @Test("a seed fixes SmoothGrad to the bit, whatever the batch; another seed is another map")
  func seeds() throws {
    func map(_ seed: UInt64, batchSize: Int) throws -> AttributionMap {
      try network.attribution(
        of: objective, at: picture, by: .smoothGrad(samples: 11), seed: seed, batchSize: batchSize)
    }
    let map1 = try map(1, batchSize: 1)
    for batchSize in [2, 4, 11, 64] { #expect(try map(1, batchSize: batchSize) == map1) }
    #expect(try map(2, batchSize: 4) != map1)
  }

  @Test("each picture of several is what it is alone")
  func several() throws {
    let pictures = SmoothNetwork.pictures(3)
    let methods: [any AttributionMethod] = [
      .saliency, .smoothGrad(samples: 5), .integratedGradients(points: 5), .gradCAM(),
    ]
    for method in methods {
      let all = try network.attribution(of: objective, at: pictures, by: method, seed: 5)
      for index in 0..<3 {
        let alone = try network.attribution(
          of: objective, at: pictures.picture(index), by: method, seed: 5)
        #expect(all.picture(index) == alone)
      }
    }
  }

  @Test("a backprop modifier changes every gradient method, and guided ones have their own")
  func modifiers() throws {
    let network = try PeerMaps.network("rectified")
    let methods: [any AttributionMethod] = [
      .gradient, .gradientTimesInput, .smoothGrad(samples: 4), .integratedGradients(points: 4),
      .gradCAM(),
    ]
    for method in methods {
      func map(_ modifier: (any BackpropModifier)?) throws -> AttributionMap {
        try network.attribution(
          of: -1, at: PeerMaps.picture, for: 3, by: method, layer: "layer4",
          backpropModifier: modifier)
      }
      #expect(try map(nil) != map(.guided), "\(method.name)")
    }
    func map(_ method: any AttributionMethod, _ modifier: (any BackpropModifier)?) throws
      -> AttributionMap
    {
      try network.attribution(
        of: -1, at: PeerMaps.picture, for: 3, by: method, backpropModifier: modifier)
    }
    #expect(try map(.saliency, .guided) == map(.guidedBackprop, nil))
    #expect(try map(.deconvolution, .guided) == map(.deconvolution, nil))
  }

  @Test("a network whose other input is held answers for each picture with its own value")
  func heldInputs() throws {
    let network = try Self.gated()
    let pictures = SmoothNetwork.pictures(2)
    let gates = Tensor(shape: [2, 1], elements: [1, -3])
    let objective = ActivationMaximization(layer: "product", units: [0])
    let both = try network.attribution(
      of: objective, at: pictures, by: .gradient, heldInputs: ["gate": gates])
    let plain = try network.attribution(
      of: objective, at: pictures, by: .gradient,
      heldInputs: ["gate": Tensor(shape: [1, 1], elements: [1])])
    #expect(both.picture(0) == plain.picture(0))
    #expect(
      relativeDifference(
        both.picture(1).values.elements, plain.picture(1).values.elements.map { -3 * $0 }) < 1e-5)
    #expect(throws: VisualizationError.self) {
      try network.attribution(of: objective, at: pictures, by: .gradient)
    }
  }

  /// A sum of pixels times a number that is an input of its own.
  private static func gated() throws -> NeuralNetwork {
    let side = SmoothNetwork.side
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, side, side, 3], channelAxis: 3,
          specification: try InputSpecification()),
        NetworkInput("gate", shape: [1, 1], channelAxis: nil),
      ],
      layers: [
        Layer("flat", Flatten(), inputs: ["input"]),
        Layer(
          "dense",
          Dense(
            weights: Tensor(
              shape: [1, side * side * 3], elements: (0..<side * side * 3).map { Float($0 % 7) }),
            bias: nil), inputs: ["flat"]),
        Layer("product", Arithmetic(.multiply), inputs: ["dense", "gate"]),
      ], outputs: ["product"])
  }

  @Test(
    "a memory limit is kept: batches shrink, and where not even one picture fits, the error tells")
  func memory() throws {
    let free = try network.attribution(of: objective, at: picture, by: .smoothGrad(samples: 16))
    let one = try ObjectiveEvaluator(network, objective).memory
    let tight = try network.attribution(
      of: objective, at: picture, by: .smoothGrad(samples: 16), batchSize: 16,
      memoryLimit: 3 * one)
    #expect(tight == free)
    #expect {
      try network.attribution(of: objective, at: picture, by: .saliency, memoryLimit: 1000)
    } throws: { error in
      guard case VisualizationError.tooMuchMemory = error else { return false }
      return true
    }
  }
}
