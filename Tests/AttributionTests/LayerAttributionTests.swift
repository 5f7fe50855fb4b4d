import Attribution
import Testing

@Suite("Attribution of layers, channels and groups")
struct LayerAttributionTests {
  private let network: NeuralNetwork
  private let pictures = SmoothNetwork.pictures(2)
  private let objective = ActivationMaximization(layer: "dense", eachOf: [1, 3])

  init() throws { network = try SmoothNetwork.make() }

  @Test("positions and channels sum to the same, which a layer straight before tells exactly")
  func sums() throws {
    let found = try network.layerAttribution(of: objective, at: pictures, in: "conv2")
    #expect(found.activations.shape == [2, 7, 7, 4])
    let channels = try network.channelAttribution(of: objective, at: pictures, in: "conv2")
    #expect(channels == found.channels && channels.shape == [2, 4])
    // The dense layer is linear in "conv2": the sums are its value without the bias.
    let values = try network.evaluate(pictures, at: "dense")
    let silent = try #require((network.layer("dense").operation as? Dense)?.bias)
    for (picture, unit) in [1, 3].enumerated() {
      let expected = values[picture, unit] - silent[unit]
      let byPosition = found.positions.picture(picture).values.sum()
      let byChannel = channels.picture(picture).sum()
      #expect(abs(byPosition - expected) < 1e-4 && abs(byChannel - expected) < 1e-4)
    }
  }

  @Test("groups of one channel each are the channels, and groups that make up all sum to it")
  func groups() throws {
    let found = try network.layerAttribution(of: objective, at: pictures, in: "conv2")
    var identity = Tensor(shape: [4, 4])
    for channel in 0..<4 { identity[channel, channel] = 1 }
    let groups = try found.groups(strengths: found.activations, directions: identity)
    #expect(groups.shape == [2, 4])
    #expect(relativeDifference(groups.elements, found.channels.elements) < 1e-5)
    #expect(throws: VisualizationError.self) {
      try found.groups(strengths: found.activations, directions: Tensor(shape: [3, 4]))
    }
    #expect(throws: VisualizationError.self) {
      try found.groups(strengths: Tensor(shape: [2, 7, 7, 2]), directions: Tensor(shape: [2, 5]))
    }
  }

  @Test(
    "a layer without positions is one of one position; attention heads and later layers are errors")
  func otherLayers() throws {
    let dense = try network.layerAttribution(of: objective, at: pictures, in: "flat")
    #expect(dense.activations.shape == [2, 1, 1, 196])
    #expect(throws: VisualizationError.unreachedLayer("softmax")) {
      try network.layerAttribution(of: objective, at: pictures, in: "softmax")
    }
    #expect(throws: VisualizationError.noPositions(layer: "attention", shape: [1, 7, 7])) {
      try TinyTransformer.make().layerAttribution(
        of: ActivationMaximization(layer: "logits"), at: TinyTransformer.picture, in: "attention")
    }
  }
}
