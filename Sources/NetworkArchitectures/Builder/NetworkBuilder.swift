internal import ConvolutionalNetworks
internal import NetworkFormats

/// Writes down a network layer by layer and takes each layer's weights by the publisher's name.
///
/// Without a source of weights it only notes what is needed, so that all faults can be told at once, and the
/// number of parameters without a single one.
struct NetworkBuilder {
  let layout: TensorLayout
  /// The units of the last layer.
  let classCount: Int
  private(set) var requirements: [WeightRequirement] = []
  private(set) var layers: [Layer] = []
  private(set) var inputs: [NetworkInput] = []
  /// The first weight that could not be read.
  private(set) var failure: WeightsFileError?
  private let source: (any WeightSource)?
  private var rectified = RectifiedValues()

  init(_ layout: TensorLayout, classCount: Int, source: (any WeightSource)?) {
    self.layout = layout
    self.classCount = classCount
    self.source = source
  }

  /// The picture, of `channels` channels and the side that the network was made for.
  mutating func input(_ name: String = "input", side: Int, channels: Int = 3) -> Feature {
    let shape =
      layout == .channelsFirst ? [nil, channels, side, side] : [nil, side, side, channels]
    inputs.append(NetworkInput(name, shape: shape, channelAxis: layout.channelAxis(rank: 4)))
    return Feature(name: name, channels: channels)
  }

  /// The weight of this name and shape, its axes in the order that `permutation` says.
  mutating func weight(_ name: String, _ shape: [Int], permutation: [Int]? = nil) -> Tensor {
    requirements.append(WeightRequirement(name: name, shape: shape))
    guard let source, failure == nil else { return Tensor(shape: [0]) }
    do throws(WeightsFileError) {
      let tensor = try source.tensor(named: name)
      return permutation.map { tensor.transposed($0) } ?? tensor
    } catch {
      failure = error
      return Tensor(shape: [0])
    }
  }

  /// Adds a layer; its value has as many channels as its first input unless told otherwise.
  @discardableResult
  mutating func add(
    _ name: String, _ operation: some LayerOperation, _ reads: Feature..., channels: Int? = nil
  ) -> Feature {
    add(name, operation, reads, channels: channels)
  }

  /// Adds a layer that reads a list of values.
  mutating func add(
    _ name: String, _ operation: some LayerOperation, _ reads: [Feature], channels: Int? = nil
  ) -> Feature {
    let layer = Layer(name, operation, inputs: reads.map(\.name))
    rectified.add(layer)
    layers.append(layer.turningDenseWeights(behind: rectified))
    return Feature(name: name, channels: channels ?? reads.first?.channels ?? 0)
  }

  /// Adds a value that no input changes.
  mutating func constant(_ name: String, _ value: Tensor) -> Feature {
    layers.append(Layer(name, Constant(value), inputs: []))
    return Feature(name: name, channels: value.count)
  }
}
