import ConvolutionalNetworks

/// A feature map as one plane per image and channel, `[N, C, …]`, whatever the axis order of its network.
struct ChannelPlanes {
  let batch: Int
  let channels: Int
  /// The spatial extents; height and width, mostly.
  let spatial: [Int]
  /// The elements of all planes, row by row.
  var elements: [Double]

  /// The elements of one plane.
  var planeCount: Int { spatial.reduce(1, *) }

  /// Planes of zeros.
  init(batch: Int, channels: Int, spatial: [Int]) {
    self.batch = batch
    self.channels = channels
    self.spatial = spatial
    elements = Array(repeating: 0, count: batch * channels * spatial.reduce(1, *))
  }

  /// Planes of zeros for as many images and channels as `other` has.
  init(like other: ChannelPlanes, spatial: [Int]? = nil) {
    self.init(batch: other.batch, channels: other.channels, spatial: spatial ?? other.spatial)
  }

  /// The planes of a feature map in the order of `layout`.
  init(_ tensor: DoubleTensor, _ layout: TensorLayout) {
    let planes =
      layout == .channelsFirst
      ? tensor : tensor.transposed([0, tensor.rank - 1] + Array(1..<(tensor.rank - 1)))
    batch = planes.shape[0]
    channels = planes.shape[1]
    spatial = Array(planes.shape[2...])
    elements = planes.elements
  }

  /// The feature map in the order of `layout`.
  func tensor(_ layout: TensorLayout) -> DoubleTensor {
    let planes = DoubleTensor(shape: [batch, channels] + spatial, elements: elements)
    return layout == .channelsFirst
      ? planes : planes.transposed([0] + Array(2..<planes.rank) + [1])
  }

  /// Calls `body` for every plane with the plane's number (image · channels + channel) and its elements, on
  /// several threads at once.
  mutating func forEachPlane(
    _ body: (_ plane: Int, _ elements: UnsafeMutablePointer<Double>) -> Void
  ) {
    let count = planeCount
    let planes = batch * channels
    elements.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      WorkerPool.forEachChunk(planes) { plane, _ in body(plane, start + plane * count) }
    }
  }
}
