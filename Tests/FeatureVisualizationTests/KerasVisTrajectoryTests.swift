import FeatureVisualization
import Foundation
import Testing

/// The step rule, the regularizers and the network's gradient together follow an independent statement of
/// keras-vis' rules (Scripts/References/keras_vis_reference.py), number by number.
struct KerasVisTrajectoryTests {
  private struct Reference: Decodable {
    struct Array: Decodable {
      let shape: [Int]
      let values: [Float]
      var tensor: Tensor { Tensor(shape: shape, elements: values) }
    }
    struct Network: Decodable {
      let mean: Float
      let standardDeviation: Float
      let weight1: Array
      let bias1: Array
      let weight2: Array
      let bias2: Array
      enum CodingKeys: String, CodingKey {
        case mean, standardDeviation
        case weight1 = "convolution1.weight"
        case bias1 = "convolution1.bias"
        case weight2 = "convolution2.weight"
        case bias2 = "convolution2.bias"
      }
    }
    struct Run: Decodable {
      let name: String
      let weights: [String: Float]
      let losses: [[String: Float]]
      let pictures: [[Float]]
    }
    let network: Network
    let unit: Int
    let seed: Array
    let runs: [Run]

    static func load() throws -> Reference {
      let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      let file = package.appendingPathComponent("Scripts/References/keras-vis-reference.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    func makeNetwork() throws -> NeuralNetwork {
      let specification = try InputSpecification(
        valueRange: 0...255, mean: [network.mean], standardDeviation: [network.standardDeviation])
      return try NeuralNetwork(
        layout: .channelsLast,
        inputs: [
          NetworkInput(
            "x", shape: [1, 12, 12, 3], channelAxis: 3, specification: specification)
        ],
        layers: [
          Layer(
            "convolution1",
            Convolution(
              weights: network.weight1.tensor, bias: network.bias1.tensor, padding: .uniform(1)),
            inputs: ["x"]),
          Layer("softplus", Activation(.softplus), inputs: ["convolution1"]),
          Layer(
            "convolution2",
            Convolution(
              weights: network.weight2.tensor, bias: network.bias2.tensor, stride: [2, 2]),
            inputs: ["softplus"]),
          Layer("tanh", Activation(.tanh), inputs: ["convolution2"]),
        ], outputs: ["tanh"])
    }
  }

  @Test(arguments: [0, 1])
  func `the first ten steps follow the reference`(run: Int) throws {
    let reference = try Reference.load()
    let network = try reference.makeNetwork()
    let expected = reference.runs[run]
    func weight(_ name: String) -> Float { expected.weights[name] ?? .nan }
    let recorder = PixelRecorder()
    let start = Tensor(
      shape: reference.seed.shape, elements: reference.seed.values.map { $0 / 255 })
    var preset = Preset.kerasVis
    preset.projections = [recorder]
    let visualization = try network.visualizeActivationWithLosses(
      [
        weight("ActivationMaximization")
          * ActivationMaximization(layer: "tanh", units: [reference.unit]),
        weight("LpNorm") * LpNorm(p: 6), weight("TotalVariation") * TotalVariation(),
      ], preset: preset.with(\.start, .picture(start)), iterations: 10)

    // A thousandth of the value range is 0.255. Where total variation alone decides, pixels with a gradient near
    // 0 feel every rounding.
    #expect(recorder.pixels.count == 10)
    for (iteration, (found, wanted)) in zip(recorder.pixels, expected.pictures).enumerated() {
      let difference = largestDifference(found, wanted)
      #expect(difference < 0.1, "\(expected.name), iteration \(iteration): \(difference)")
    }
    #expect(visualization.history.count == 10)
    for (record, wanted) in zip(visualization.history, expected.losses) {
      for loss in record.losses {
        let value = try #require(wanted[loss.name])
        #expect(abs(loss.values[0] - value) <= 1e-3 * max(abs(value), 1), "\(loss.name)")
      }
      let total = try #require(wanted["total"])
      #expect(abs(record.total() - total) <= 1e-3 * abs(total))
    }
  }

  @Test func `the preset has keras-vis' own weights, noise and length`() throws {
    let preset = Preset.kerasVis
    #expect(preset.regularizers.terms.map(\.weight.constant) == [10, 10])
    #expect(preset.regularizers.terms.map(\.loss.name) == ["LpNorm", "TotalVariation"])
    #expect(preset.iterations == 200 && preset.normalizesGradient)
    let decoder = try preset.parameterization.makeDecoder(
      for: DecoderContext(
        size: PictureSize(height: 80, width: 80), specification: InputSpecification()))
    var generator = SeededGenerator(seed: 1)
    let noise = decoder.initialParameters(using: &generator)
    let mean = noise.reduce(0, +) / Float(noise.count)
    let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(noise.count)
    #expect(abs(mean - 127.5) < 0.5)
    #expect(abs(variance.squareRoot() - 12.75) < 0.2)
  }
}
