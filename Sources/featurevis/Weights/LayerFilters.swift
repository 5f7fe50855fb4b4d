import ConvolutionalNetworks
import PictureFiles

/// The weights of a layer's units, laid out over what they read.
struct LayerFilters {
  /// `[units, height, width, inputs]`, or `[units, length, inputs]`.
  private let weights: Tensor
  /// The places of red, green and blue among the inputs; `nil` where they are no colours.
  private let colors: [Int]?
  /// What a person may have meant otherwise.
  let note: String?

  /// The number of units.
  var count: Int { weights.shape[0] }

  /// How many pictures a unit's weights are, and how many weights it has.
  var weightsPerUnit: (pictures: Int, weights: Int) {
    let inputs = weights.shape[weights.rank - 1]
    return (colors != nil || weights.rank == 3 ? 1 : inputs, weights.count / weights.shape[0])
  }

  /// - Parameter extent: the height and the width of the picture that a dense layer's inputs are.
  /// - Throws: `ToolError` for layers whose weights are no pictures.
  init(of layer: Layer, in network: NeuralNetwork, laidOutAs extent: PictureExtent?) throws {
    switch layer.operation {
    case let convolution as Convolution: weights = convolution.weights
    case let dense as Dense: weights = try Self.laidOut(dense, layer.name, network, extent)
    default:
      throw ToolError(
        "layer '\(layer.name)' is a \(layer.operation.kind); weights are shown of convolutions and dense layers"
      )
    }
    guard (3...4).contains(weights.rank), weights.count > 0 else {
      throw ToolError(
        "layer '\(layer.name)': weights over \(weights.rank - 2) axes of space; those over one or two are shown"
      )
    }
    guard weights.elements.allSatisfy(\.isFinite) else {
      throw ToolError("layer '\(layer.name)': a weight is not a finite number")
    }
    let isFirst =
      network.layers.first { $0.operation is Convolution || $0.operation is Dense }?.name
      == layer.name
    guard isFirst, weights.shape[weights.rank - 1] == 3, weights.rank == 4 else {
      (colors, note) = (nil, nil)
      return
    }
    let order = network.inputs.lazy.compactMap(\.specification).first?.channelOrder
    switch order {
    case .bgr: (colors, note) = ([2, 1, 0], nil)
    case .rgb: (colors, note) = ([0, 1, 2], nil)
    case nil:
      (colors, note) = (
        [0, 1, 2], "nothing says the order of the colours: red, green, blue is taken"
      )
    default: (colors, note) = (nil, nil)
    }
  }

  /// A dense layer's weights over the picture that its inputs are, in the order in which the network lays them out.
  private static func laidOut(
    _ dense: Dense, _ name: String, _ network: NeuralNetwork, _ extent: PictureExtent?
  ) throws -> Tensor {
    let (units, inputs) = (dense.weights.shape[0], dense.weights.shape[1])
    let isChannelsFirst = network.layout == .channelsFirst
    let declared = network.inputs.lazy.map(\.shape).first { $0.count == 4 }
    let own = declared.flatMap { shape -> (Int, Int)? in
      guard let height = shape[isChannelsFirst ? 2 : 1], let width = shape[isChannelsFirst ? 3 : 2]
      else { return nil }
      return (height, width)
    }
    guard let (height, width) = extent.map({ ($0.height, $0.width) }) ?? own, height > 0, width > 0,
      height <= inputs, width <= inputs, inputs.isMultiple(of: height * width)
    else {
      throw ToolError(
        """
        layer '\(name)' reads \(inputs) numbers, which are no picture of the network's input; say its height and width: \
        --size 28x28
        """)
    }
    let channels = inputs / (height * width)
    guard isChannelsFirst, channels > 1 else {
      return dense.weights.reshaped(to: [units, height, width, channels])
    }
    let elements = dense.weights.elements
    return Tensor(shape: [units, height, width, channels]) { target in
      for place in target.indices {
        let (unit, rest) = (place / inputs, place % inputs)
        target[place] =
          elements[unit * inputs + rest % channels * (height * width) + rest / channels]
      }
    }
  }

  /// The sheet of some units.
  func sheet(of units: [Int]) -> FilterSheet {
    let (elements, each) = (weights.elements, weights.count / weights.shape[0])
    return FilterSheet(
      Tensor(
        shape: [units.count] + weights.shape.dropFirst(),
        elements: units.flatMap { elements[$0 * each..<($0 + 1) * each] }),
      names: units.map(String.init), colors: colors)
  }
}
