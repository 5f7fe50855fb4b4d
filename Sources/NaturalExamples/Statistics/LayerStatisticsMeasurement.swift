public import ConvolutionalNetworks
public import FeatureVisualization

/// Measures the mean and the variance of layers' channels over a stream of pictures.
///
/// Pictures go forward one by one, and nothing is kept of them but sums, in double precision: memory does not grow with the stream.
/// One task at a time may use it.
public final class LayerStatisticsMeasurement {
  /// The names of the layers that are measured.
  public let layers: [String]
  /// The pictures that were measured up to now.
  public private(set) var pictureCount = 0
  /// The pictures of which a layer is NaN or infinite; they are left out.
  public private(set) var nonFiniteCount = 0
  /// The size of the pictures that `add` takes.
  public var size: PictureSize { evaluator.size }

  private let network: NeuralNetwork
  private let heldInputs: [String: Tensor]
  private let evaluator: LayerEvaluator
  /// Where the layers are among the evaluator's.
  private let places: [Int]
  private var sums: [ChannelSums]

  /// - Parameters:
  ///   - layers: those that are measured. Unless given, all convolutions whose map has more than one position, where batch
  ///     normalizations would stand: before the activation, unless the file has one fused into the convolution.
  ///   - height: the height of the pictures; what the network declares unless given.
  ///   - width: the width of the pictures.
  ///   - heldInputs: constant values of the network's other inputs, channels last.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError` for a layer that is not there or has one position, a network without convolutions, and
  ///   where the network cannot take such pictures.
  public init(
    _ network: NeuralNetwork, layers: [LayerID]? = nil, height: Int? = nil, width: Int? = nil,
    heldInputs: [String: Tensor] = [:], memoryLimit: Int? = nil
  ) throws(VisualizationError) {
    let asked = layers ?? network.convolutions
    guard !asked.isEmpty else {
      throw .incompatible(
        "LayerStatisticsMeasurement", "a network without convolutions",
        reason: "say which layers are to be measured")
    }
    evaluator = try LayerEvaluator(
      network, layers: asked.map { TapRequest($0) }, height: height, width: width,
      heldInputs: heldInputs, memoryLimit: memoryLimit)
    var (places, names): ([Int], [String]) = ([], [])
    for (place, id) in asked.enumerated() {
      let tap = evaluator.layers[place]
      guard tap.shape.dropFirst().dropLast().reduce(1, *) > 1 else {
        guard layers == nil else {
          throw .invalidArgument(
            "layers",
            "layer '\(id)' of shape \(tap.shape) has one position: it varies in no picture")
        }
        continue
      }
      places.append(place)
      if case .name(let name) = id { names.append(name) } else { names.append(tap.layer) }
    }
    guard !places.isEmpty else {
      throw .invalidArgument("layers", "none has more than one position: larger pictures may do")
    }
    (self.places, self.layers) = (places, names)
    sums = places.map { [evaluator] in
      ChannelSums(channels: evaluator.layers[$0].shape.last ?? 1)
    }
    (self.network, self.heldInputs) = (network, heldInputs)
  }

  /// Measures a picture.
  ///
  /// - Parameter picture: `[1, H, W, C]` or `[H, W, C]` of the measurement's `size`, 0…1.
  /// - Throws: `VisualizationError` for a picture of another size or range, which then counts as not handed in.
  public func add(_ picture: Tensor) throws(VisualizationError) {
    let picture = picture.rank == 3 ? picture.reshaped(to: [1] + picture.shape) : picture
    try evaluator.setPicture(0, to: picture)
    evaluator.forward()
    let own = zip(places, sums).map { place, sums in
      evaluator.withOutput(place) { ChannelSums(of: $0, channels: sums.values.count) }
    }
    guard own.allSatisfy(\.areFinite) else {
      nonFiniteCount += 1
      return
    }
    for index in sums.indices { sums[index].add(own[index]) }
    pictureCount += 1
  }

  /// What was measured up to now; more pictures may follow.
  ///
  /// - Throws: `VisualizationError.invalidArgument` where there was no picture.
  /// - Complexity: O(channels + weights): the network's digest is taken.
  public func statistics() throws(VisualizationError) -> LayerStatistics {
    guard pictureCount > 0 else { throw .invalidArgument("pictures", "none was measured") }
    return LayerStatistics(
      layers: zip(layers, sums).map { name, sums in
        LayerStatistics.Layer(name: name, mean: sums.mean, variance: sums.variance)
      }, pictureCount: pictureCount,
      networkDigest: NetworkDigest.text(of: network, heldInputs: heldInputs), size: size)
  }
}

extension NeuralNetwork {
  /// The convolutions that their names lead to, in order.
  fileprivate var convolutions: [LayerID] {
    layers.filter { layer in
      guard layer.operation is Convolution || layer.operation is TransposedConvolution else {
        return false
      }
      return (try? value(of: .name(layer.name))) == layer.outputs[0]
    }.map { .name($0.name) }
  }
}

/// Sums of each channel's numbers and of their squares.
private struct ChannelSums {
  private(set) var values: [Double]
  private var squares: [Double]
  private var count = 0

  init(channels: Int) {
    values = Array(repeating: 0, count: channels)
    squares = values
  }

  init(of map: UnsafeBufferPointer<Float>, channels: Int) {
    self.init(channels: channels)
    count = map.count / channels
    values.withUnsafeMutableBufferPointer { values in
      squares.withUnsafeMutableBufferPointer { squares in
        for first in stride(from: 0, to: count * channels, by: channels) {
          for channel in 0..<channels {
            let value = Double(map[first + channel])
            values[channel] += value
            squares[channel] += value * value
          }
        }
      }
    }
  }

  var areFinite: Bool {
    // No sum of squares of single-precision numbers leaves the range of doubles.
    squares.allSatisfy(\.isFinite)
  }

  mutating func add(_ other: ChannelSums) {
    for channel in values.indices {
      values[channel] += other.values[channel]
      squares[channel] += other.squares[channel]
    }
    count += other.count
  }

  var mean: [Float] { values.map { Float($0 / Double(max(count, 1))) } }

  var variance: [Float] {
    let count = Double(max(count, 1))
    return zip(values, squares).map { value, square in
      Float(max(0, square / count - value / count * (value / count)))
    }
  }
}
