import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import Testing

/// What a peer computed on a small smooth network: Scripts/References/peers makes it.
struct PeerReference: Decodable {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Float]
    var tensor: Tensor { Tensor(shape: shape, elements: values) }
  }

  /// An objective at the first pictures, or at the row of pixels.
  struct Case: Decodable {
    let name: String
    let pictures: Int
    let isRow: Bool?
    /// One for each picture, or their sum or mean.
    let values: [Double]
    /// The gradient of the sum of the values.
    let gradient: [Double]
  }

  /// A picture that is made of parameters, or of another picture, with the gradient of `Σ weights · picture`.
  struct Decoder: Decodable {
    let name: String
    let decay: Float?
    let parameters: Array
    let picture: Array
    let weights: Array?
    let gradient: Array?

    /// The size of the picture that comes out.
    var size: PictureSize { Self.size(picture.shape) }

    static func size(_ shape: [Int]) -> PictureSize {
      let sides = shape.suffix(3)
      return PictureSize(
        height: sides[sides.startIndex], width: sides[sides.startIndex + 1],
        channels: sides[sides.startIndex + 2])
    }
  }

  let weights: [String: Array]
  let pictures: Array
  let reference: Array
  let row: Array
  let vectors: [String: Array]
  let cases: [Case]
  let decoders: [Decoder]

  static func load(_ peer: String) throws -> PeerReference {
    let file = try #require(
      Bundle.module.url(
        forResource: "peers-\(peer)", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(PeerReference.self, from: Data(contentsOf: file))
  }

  func pictures(of sample: Case) -> Tensor {
    guard sample.isRow != true else { return row.tensor }
    let size = pictures.values.count / pictures.shape[0]
    return Tensor(
      shape: [sample.pictures] + pictures.shape.dropFirst(),
      elements: Swift.Array(pictures.values[..<(sample.pictures * size)]))
  }

  /// A vector for a layer of so many channels.
  func vector(_ channels: Int) -> [Float] { vectors["\(channels)"]?.values ?? [] }

  /// The network that the peers have been given; its pictures may have any size where only they are looked at.
  func network() throws -> NeuralNetwork {
    func array(_ name: String) throws -> Tensor { try #require(weights[name]).tensor }
    func convolution(_ name: String, _ activation: ActivationFunction) throws -> Convolution {
      Convolution(
        weights: try array(name).movingChannelsLast, bias: try array(name + " bias"),
        padding: .uniform(1), activation: activation)
    }
    let layers = [
      Layer("conv1", try convolution("conv1", .softplus), inputs: ["input"]),
      Layer(
        "pool",
        Pooling(
          .average(countsPadding: false), window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
        inputs: ["conv1"]),
      Layer("conv2", try convolution("conv2", .tanh), inputs: ["pool"]),
      Layer("flat", Flatten(), inputs: ["conv2"]),
      Layer(
        "dense", Dense(weights: try array("dense"), bias: try array("dense bias")),
        inputs: ["flat"]),
    ]
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, pictures.shape[1], pictures.shape[2], 3], channelAxis: 3,
          specification: try InputSpecification())
      ], layers: layers, outputs: ["dense"])
  }
}

extension Tensor {
  /// `[out, in, height, width]` as `[out, height, width, in]`.
  fileprivate var movingChannelsLast: Tensor {
    let (count, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
    var elements: [Float] = []
    for out in 0..<count {
      for y in 0..<height {
        for x in 0..<width {
          for channel in 0..<channels { elements.append(self[out, channel, y, x]) }
        }
      }
    }
    return Tensor(shape: [count, height, width, channels], elements: elements)
  }
}
