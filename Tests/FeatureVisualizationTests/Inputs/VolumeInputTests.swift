import ConvolutionalNetworks
import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Protects networks that look at volumes, such as a few frames of a film: gradients at them, and pictures of them, whose
/// slices lie one below the other.
@Suite("Inputs: volumes")
struct VolumeInputTests {
  private static let shape = [1, 4, 6, 5, 3]

  private func network(_ layout: TensorLayout) throws -> NeuralNetwork {
    var source = SeededTensors(seed: 4)
    let convolution = Tensor(source.uniform([6, 3, 3, 3, 3], in: -0.01...0.01))
    let dense = Tensor(source.uniform([2, 6]))
    let axis = layout.channelAxis(rank: 5)
    let extents: [Int?] = layout.shape(
      batch: 1, spatial: Array(Self.shape[1...3]), channels: 3)
    return try NeuralNetwork(
      layout: layout,
      inputs: [
        NetworkInput(
          "film", shape: extents, channelAxis: axis,
          specification: InputSpecification(
            channelOrder: .bgr, valueRange: 0...255, mean: [104, 117, 123]))
      ],
      layers: [
        Layer(
          "conv",
          Convolution(weights: convolution, padding: .uniform(1, axes: 3), activation: .tanh),
          inputs: ["film"]),
        Layer(
          "pool",
          Pooling(
            .average(countsPadding: false),
            window: SlidingWindow(kernel: [2, 2, 2], stride: [2, 2, 2])
          ), inputs: ["conv"]),
        Layer("mean", GlobalPooling(.average), inputs: ["pool"]),
        Layer("flat", Flatten(), inputs: ["mean"]),
        Layer("scores", Dense(weights: dense), inputs: ["flat"]),
      ], outputs: ["scores"])
  }

  @Test(arguments: [TensorLayout.channelsFirst, .channelsLast])
  func `gradients have the shape of the volumes given`(layout: TensorLayout) throws {
    let network = try network(layout)
    var source = SeededTensors(seed: 7)
    let film = source.uniform(Self.shape, in: 0.2...0.8)
    let gradient = try network.gradient(of: "scores", at: Tensor(film), for: 1)
    #expect(gradient.shape == Self.shape)
    let interpreter = ReferenceInterpreter(network)
    func fed(_ film: DoubleTensor) -> DoubleTensor {
      let means: [Double] = [104, 117, 123]
      return DoubleTensor(
        shape: Self.shape,
        elements: film.elements.indices.map {
          let channel = $0 % 3
          return film.elements[$0 - channel + 2 - channel] * 255 - means[channel]
        })
    }
    let expected = try CentralDifferences().gradient(at: film) { moved in
      let evaluation = try interpreter.evaluate(["film": fed(moved)], taps: ["scores"])
      return try evaluation.value(of: "scores").elements[1]
    }
    #expect(DoubleTensor(gradient).relativeL2Error(from: expected) < 1e-4)
    let inner = try network.gradient(
      of: "scores", at: Tensor(film), for: 1, withRespectTo: "conv")
    #expect(inner.shape == [1, 4, 6, 5, 6])
  }

  @Test func `a unit is raised by a picture of all slices`() throws {
    let network = try network(.channelsFirst)
    let few = try network.visualizeActivation(
      of: "scores", units: [1], preset: .kerasIO, iterations: 1)
    let many = try network.visualizeActivation(
      of: "scores", units: [1], preset: .kerasIO, iterations: 12)
    #expect(many.pictures.shape == [1, 24, 5, 3])
    #expect(many.scores[0] > few.scores[0])
  }

  @Test func `other sizes are refused`() throws {
    let network = try network(.channelsLast)
    for shape in [[1, 3, 6, 5, 3], [1, 23, 5, 3], [1, 4, 7, 5, 3], [1, 4, 6, 5, 2]] {
      #expect(throws: VisualizationError.self) {
        try network.gradient(of: "scores", at: Tensor(shape: shape, repeating: 0.5), for: 1)
      }
    }
  }
}
