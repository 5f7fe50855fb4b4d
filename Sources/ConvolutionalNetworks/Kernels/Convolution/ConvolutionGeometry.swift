internal import CFVKernels

/// The shapes of a convolution in memory order, and how its work is cut.
///
/// The cuts depend on the shapes of one picture alone: every sum is taken in the same order for any number of threads and
/// of pictures.
struct ConvolutionGeometry: Sendable {
  let input: WindowGeometry
  let outputChannels: Int
  let groups: Int
  /// The output channels of the whole layer, by which algorithms are chosen.
  let unitCount: Int

  init(_ convolution: Convolution, input: [Int]) throws(ShapeError) {
    self.init(
      input: try WindowGeometry(input: input, window: convolution.window),
      outputChannels: convolution.weights.shape[0], groups: convolution.groups,
      unitCount: convolution.unitCount)
  }

  /// - Parameter unitCount: the output channels unless given.
  init(input: WindowGeometry, outputChannels: Int, groups: Int, unitCount: Int? = nil) {
    self.input = input
    self.outputChannels = outputChannels
    self.groups = groups
    self.unitCount = unitCount ?? outputChannels
  }

  /// Whether each output position sees exactly the input position at the same place.
  var isPointwise: Bool {
    let axes = [input.vertical, input.horizontal]
    return groups == 1
      && axes.allSatisfy {
        $0.kernel == 1 && $0.stride == 1 && $0.paddingBefore == 0 && $0.paddingAfter == 0
      }
  }

  /// Whether each output channel sees the input channel of the same number alone.
  var isDepthwise: Bool {
    groupInputs == 1 && unitCount == groups && input.cells <= Int(CFV_DEPTHWISE_CELLS)
  }

  /// Input channels of one group.
  var groupInputs: Int { input.channels / groups }
  /// Output channels of one group.
  var groupOutputs: Int { outputChannels / groups }
  /// The weights of one output channel: window cells by channels of a group.
  var weightsPerOutput: Int { input.cells * groupInputs }
  /// Output positions of all images.
  var rows: Int { input.batch * input.positions }

  /// The most `Float`s of columns that a chunk gathers: they should stay in a core's cache.
  static let columnBudget = 1 << 17

  /// Output positions of one forward chunk, all of one image.
  var rowsPerChunk: Int {
    let cached = Self.columnBudget / max(weightsPerOutput, 1)
    return min(input.positions, min(max(cached, 48), 256))
  }

  /// Forward chunks of the positions of one image.
  var chunksPerImage: Int { (input.positions + rowsPerChunk - 1) / rowsPerChunk }

  /// Output channels of one forward chunk: small maps are cut along the channels as well.
  var outputsPerChunk: Int {
    let parts = chunksPerImage * groups >= 4 ? 1 : 4
    return roundedUp(groupOutputs / parts, to: 16, atMost: groupOutputs)
  }

  /// `count` rounded up to a multiple of `unit`, at least one unit and at most `limit`.
  func roundedUp(_ count: Int, to unit: Int, atMost limit: Int) -> Int {
    min(limit, max(unit, (count + unit - 1) / unit * unit))
  }
}
