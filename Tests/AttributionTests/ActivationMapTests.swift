import Testing

@testable import Attribution

@Suite("Class activation maps")
struct ActivationMapTests {
  private let methods: [any ClassActivationMap] = [
    GradCAM(), GradCAM(against: true), GradCAMPlusPlus(), XGradCAM(), HiResCAM(), LayerCAM(),
    EigenCAM(), FEM(),
  ]

  /// 2 × 2 positions of 2 channels.
  private let layer = LayerSlopes(
    rows: 2, columns: 2, channels: 2, activations: [1, 0, 2, 1, 0, 3, 4, 0],
    gradient: [0.5, -1, 0.5, 0, 0, 1, -1, 2])

  @Test("the layer is the last map before a flattening or a pooling, unless named")
  func layers() throws {
    let network = try SmoothNetwork.make()
    func question(_ layer: LayerID?) throws -> AttributionQuestion {
      try AttributionQuestion(
        network, ActivationMaximization(layer: "softmax", units: [1]),
        at: SmoothNetwork.pictures(1), layer: layer)
    }
    #expect(try question(nil).positionedLayer().layer == "conv2")
    #expect(try question("conv1").positionedLayer().grid.rows == SmoothNetwork.side)
    let pooled = try AttributionQuestion(
      PeerMaps.network("smooth"), ActivationMaximization(layer: -1, units: [1]),
      at: PeerMaps.picture)
    #expect(try pooled.positionedLayer().layer == "layer7")
    // Of a unit of a map the layer before it is taken.
    let unit = try AttributionQuestion(
      network, ActivationMaximization(layer: "conv2", units: [1]), at: SmoothNetwork.pictures(1))
    #expect(try unit.positionedLayer().layer == "conv1")
  }

  @Test("a layer behind the target, one without positions and a network without any are errors")
  func errors() throws {
    let network = try SmoothNetwork.make()
    func map(_ target: LayerID, _ layer: LayerID?) throws {
      _ = try network.attribution(
        of: target, at: SmoothNetwork.pictures(1), for: 0, by: .gradCAM(), layer: layer)
    }
    #expect(throws: VisualizationError.unreachedLayer("dense")) { try map("conv2", "dense") }
    #expect(throws: VisualizationError.noPositions(layer: "flat", shape: [1, 196])) {
      try map("dense", "flat")
    }
    #expect(throws: VisualizationError.self) { try map("dense", "conv9") }
    #expect {
      try map("conv1", nil)
    } throws: { error in
      guard case VisualizationError.incompatible = error else { return false }
      return true
    }
  }

  @Test("formulas by hand")
  func formulas() {
    // Channel 0 sums to 7 and channel 1 to 4; mean gradients are 0 and 0.5.
    #expect(GradCAM().positions(of: layer) == [0, 0.5, 1.5, 0])
    #expect(GradCAM(against: true).positions(of: layer) == [0, -0.5, -1.5, 0])
    #expect(HiResCAM().positions(of: layer) == [0.5, 1, 3, -4])
    #expect(LayerCAM().positions(of: layer) == [0.5, 1, 3, 0])
    let weights = [(0.5 + 1 - 4) / 7, 3.0 / 4]
    expectNear(
      XGradCAM().positions(of: layer),
      [weights[0], 2 * weights[0] + weights[1], 3 * weights[1], 4 * weights[0]])
    let plus = [2 * 0.5 / (2 + 0.5 * 7), 1 / (2 + 1 * 4.0) + 2 / (2 + 2 * 4.0)]
    expectNear(
      GradCAMPlusPlus().positions(of: layer),
      [plus[0], 2 * plus[0] + plus[1], 3 * plus[1], 4 * plus[0]])
    // At one deviation above their means of 1.75 and 1 stand the 4, and the 3.
    expectNear(FEM(deviations: 1).positions(of: layer), [0.25, 0.75, 0.75, 1])
  }

  private func expectNear(_ found: [Double], _ expected: [Double]) {
    #expect(
      zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 } && found.count == expected.count)
  }

  @Test("Eigen-CAM's sign is the activations', and its direction that of the largest variance")
  func eigen() {
    // Channel 0 varies by far most; the sign would be either's.
    let strong = LayerSlopes(
      rows: 1, columns: 4, channels: 2, activations: [0, 1, 10, 1.1, 0, 0.9, 20, 1],
      gradient: Array(repeating: 0, count: 8))
    let found = EigenCAM().positions(of: strong)
    #expect(found[3] > found[1] && found[1] > found[0] && abs(found[0] - found[2]) < 0.1)
    #expect(abs(found.reduce(0, +)) < 1e-9)
  }

  @Test("a layer that is zero, or the same everywhere, has finite maps, and zero stays zero")
  func degenerate() {
    let zero = LayerSlopes(
      rows: 2, columns: 2, channels: 2, activations: Array(repeating: 0, count: 8),
      gradient: Array(repeating: 0, count: 8))
    let constant = LayerSlopes(
      rows: 2, columns: 2, channels: 2, activations: Array(repeating: 3, count: 8),
      gradient: Array(repeating: 0.25, count: 8))
    for method in methods {
      #expect(method.positions(of: zero) == [0, 0, 0, 0], "\(method.name)")
      let flat = method.positions(of: constant)
      #expect(flat.allSatisfy(\.isFinite) && Set(flat).count == 1, "\(method.name)")
    }
  }

  @Test("Grad-CAM++ does not depend on the scale of the objective as the peers' ε makes it")
  func scale() {
    // Gradients a thousandfold smaller, activations as much larger: α is the same.
    let small = LayerSlopes(
      rows: 2, columns: 2, channels: 2, activations: layer.activations.map { $0 * 1000 },
      gradient: layer.gradient.map { $0 / 1000 })
    let (found, expected) = (
      GradCAMPlusPlus().positions(of: small), GradCAMPlusPlus().positions(of: layer)
    )
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("a class activation map that gives another count of numbers is named")
  func brokenRule() throws {
    struct Short: ClassActivationMap {
      var name: String { "short" }
      func positions(of layer: LayerSlopes) -> [Double] { [1] }
    }
    #expect(
      throws: VisualizationError.brokenRule(
        type: "Short", rule: "positions(of:) gives 49 numbers, not 1")
    ) {
      try SmoothNetwork.make().attribution(
        of: "dense", at: SmoothNetwork.pictures(1), for: 0, by: Short())
    }
  }

  @Test("signals have maps along their length, and pictures of another size maps of their own")
  func signals() throws {
    let network = try SignalNetwork.make()
    var generator = SeededGenerator(seed: 2)
    let signal = Tensor(
      shape: [2, 32, 2], elements: (0..<128).map { _ in Float(generator.uniform()) })
    for method in methods as [any AttributionMethod] + [.saliency, .integratedGradients(points: 4)]
    {
      let map = try network.attribution(of: "dense", at: signal, for: 1, by: method)
      #expect(map.values.shape == [2, 1, 32, 1], "\(method.name)")
    }
    let large = try SmoothNetwork.make().attribution(
      of: "dense", at: Tensor(shape: [1, 20, 30, 1], repeating: 0.5), for: 0, by: .gradCAM())
    #expect(large.values.shape == [1, 20, 30, 1])
  }
}
