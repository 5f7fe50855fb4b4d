import Attribution
import Testing

/// Protects that a map is the one that users of other packages know, number for number.
@Suite("Maps are those of captum, pytorch-grad-cam and tf-keras-vis")
struct PeerMapTests {
  private static let tolerance: Float = 1e-4

  private func map(
    _ network: String, _ method: any AttributionMethod, layer: LayerID? = nil, seed: UInt64 = 0
  ) throws -> [Float] {
    try PeerMaps.network(network).attribution(
      of: -1, at: PeerMaps.picture, for: PeerMaps(network).class, by: method, layer: layer,
      seed: seed
    ).values.elements
  }

  @Test(
    "captum: gradients of a smooth network",
    arguments: [
      ("gradient", Saliency(reduction: nil) as any AttributionMethod),
      ("gradient-x-input", GradientTimesInput(reduction: nil)),
      ("integrated-gausslegendre", IntegratedGradients(points: 20, reduction: nil)),
      ("smoothgrad", SmoothGrad(.mean, samples: 10, reduction: nil)),
      ("vargrad", SmoothGrad(.variance, samples: 10, reduction: nil)),
      ("smoothgrad_sq", SmoothGrad(.meanSquare, samples: 10, reduction: nil)),
    ])
  func gradients(name: String, method: any AttributionMethod) throws {
    let found = try map("smooth", method, seed: 7)
    #expect(relativeDifference(found, try PeerMaps("smooth")(name)) < Self.tolerance)
  }

  @Test("captum: the trapezoid rule, whose weights sum to (n − 1)/n there, and to 1 here")
  func trapezoid() throws {
    let found = try map("smooth", IntegratedGradients(points: 20, rule: .trapezoid, reduction: nil))
    #expect(
      relativeDifference(
        found.map { $0 * 19 / 20 }, try PeerMaps("smooth")("integrated-riemann_trapezoid"))
        < Self.tolerance)
  }

  @Test(
    "captum: guided backpropagation, deconvolution and guided Grad-CAM of a rectified network",
    arguments: [
      (
        "guided-backprop",
        Saliency(reduction: nil, backpropModifier: .guided) as any AttributionMethod
      ),
      ("deconvolution", Saliency(reduction: nil, backpropModifier: .rectified)),
      ("guided-grad-cam", GuidedGradCAM(reduction: nil)),
    ])
  func guided(name: String, method: any AttributionMethod) throws {
    #expect(
      relativeDifference(try map("rectified", method), try PeerMaps("rectified")(name))
        < Self.tolerance)
  }

  // Grad-CAM++ of pytorch-grad-cam is asked for gradients that its ε does not drown: see the script.
  @Test(
    "captum and pytorch-grad-cam: class activation maps of two layers, at the layer's own size",
    arguments: [
      GradCAM() as any ClassActivationMap, GradCAMPlusPlus(), XGradCAM(), HiResCAM(), LayerCAM(),
      EigenCAM(), FEM(),
    ], [4, 7])
  func activationMaps(method: any ClassActivationMap, index: Int) throws {
    let question = try AttributionQuestion(
      PeerMaps.network("smooth"),
      ActivationMaximization(layer: -1, units: PeerMaps("smooth").class), at: PeerMaps.picture,
      layer: .name("layer\(index)"))
    let found = method.positions(of: try question.layerSlopes())
    let expected = try PeerMaps("smooth")("\(method.name)-\(index)")
    if method is EigenCAM {
      // The peer's sign is the one of the decomposition. Ours goes with the activations.
      let negative = found.map { Float(max(-$0, 0)) }
      let positive = found.map { Float(max($0, 0)) }
      #expect(
        min(relativeDifference(positive, expected), relativeDifference(negative, expected))
          < Self.tolerance)
    } else {
      #expect(relativeDifference(found.map { Float(max($0, 0)) }, expected) < Self.tolerance)
    }
  }

  @Test(
    "pytorch-grad-cam: resized to the picture and scaled from 0 to 1",
    arguments: [HiResCAM() as any ClassActivationMap, FEM()])
  func finishedMaps(method: any ClassActivationMap) throws {
    let found = try map("smooth", method)
    let low = found.min() ?? 0
    let scaled = found.map { $0 - low }
    let high = scaled.max() ?? 1
    let expected = try PeerMaps("smooth")("\(method.name)-finished")
    #expect(relativeDifference(scaled.map { $0 / high }, expected) < Self.tolerance)
  }

  @Test("tf-keras-vis: saliency by magnitude, and without its modifier by the largest signed value")
  func kerasSaliency() throws {
    let peers = try PeerMaps("keras")
    #expect(
      relativeDifference(try map("smooth", .saliency), try peers("saliency")) < Self.tolerance)
    #expect(
      relativeDifference(
        try map("smooth", Saliency(reduction: .largest)), try peers("signed-saliency"))
        < Self.tolerance)
  }

  @Test(
    "tf-keras-vis: class activation maps",
    arguments: [GradCAM() as any ClassActivationMap, LayerCAM()], [4, 7])
  func kerasMaps(method: any ClassActivationMap, index: Int) throws {
    let question = try AttributionQuestion(
      PeerMaps.network("smooth"),
      ActivationMaximization(layer: -1, units: PeerMaps("keras").class), at: PeerMaps.picture,
      layer: .name("layer\(index)"))
    let found = method.positions(of: try question.layerSlopes()).map { Float(max($0, 0)) }
    let expected = try PeerMaps("keras")("\(method.name)-\(index)")
    #expect(relativeDifference(found, expected) < Self.tolerance)
  }

  @Test("captum: layer attribution by position and by channel", arguments: [4, 7])
  func layers(index: Int) throws {
    let peers = try PeerMaps("smooth")
    let found = try PeerMaps.network("smooth").layerAttribution(
      of: ActivationMaximization(layer: -1, units: peers.class), at: PeerMaps.picture,
      in: .name("layer\(index)"))
    #expect(
      relativeDifference(found.positions.values.elements, try peers("layer-\(index)"))
        < Self.tolerance)
    #expect(
      relativeDifference(found.channels.elements, try peers("channels-\(index)")) < Self.tolerance)
  }
}
