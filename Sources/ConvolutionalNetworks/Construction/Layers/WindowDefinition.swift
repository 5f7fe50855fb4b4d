/// A window of a layer before it is known over how many axes it moves.
struct WindowDefinition: Sendable {
  private let kernel: [Int]
  private let stride: [Int]
  private let dilation: [Int]
  private let padding: WindowPadding

  init(
    _ kernel: some SpatialExtents, stride: some SpatialExtents, dilation: some SpatialExtents,
    padding: WindowPadding
  ) {
    self.kernel = kernel.spatialExtents
    self.stride = stride.spatialExtents
    self.dilation = dilation.spatialExtents
    self.padding = padding
  }

  /// The window over the spatial axes of what is read.
  func window(at site: LayerSite) throws(ShapeError) -> SlidingWindow {
    let axes = try site.spatialAxes().count
    let window = SlidingWindow(
      kernel: try kernel.spread(over: axes, "kernel"),
      stride: try stride.spread(over: axes, "stride"),
      dilation: try dilation.spread(over: axes, "dilation"),
      padding: try padding.padding(axes: axes))
    try window.check(axes: axes)
    return window
  }

  /// The window of given weights, which have as many axes as what is read.
  func window(at site: LayerSite, _ weights: Tensor) throws(ShapeError) -> SlidingWindow {
    guard try weights.rank == site.spatialAxes().count + 2 else {
      throw ShapeError("weights of shape \(weights.shape), which need \(site.shape.count) axes")
    }
    return try window(at: site)
  }
}

extension SlidingWindow {
  /// The number of cells that the window touches.
  var cellCount: Double { kernel.reduce(1) { $0 * Double($1) } }
}
