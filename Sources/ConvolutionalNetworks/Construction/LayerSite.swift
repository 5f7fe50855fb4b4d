/// What a layer is made for: the values that it reads, and where its weights come from.
struct LayerSite {
  /// The logical shapes of what is read, `nil` where an extent is free.
  let inputs: [[Int?]]
  let layout: TensorLayout
  var weights: WeightInitializer

  /// The shape of what is read first.
  var shape: [Int?] { inputs.first ?? [] }

  /// The axis of a feature map's channels, or the last one of anything else.
  var channelAxis: Int { shape.count < 3 ? shape.count - 1 : layout.channelAxis(rank: shape.count) }

  /// The axes of a feature map's positions.
  func spatialAxes() throws(ShapeError) -> [Int] {
    guard (3...5).contains(shape.count) else {
      throw ShapeError("it needs a feature map: of a picture, a signal or a volume")
    }
    return Array(layout.spatialAxes(rank: shape.count))
  }

  /// The number of channels read, or of units.
  func channels() throws(ShapeError) -> Int { try extent(of: channelAxis) }

  /// The extent of an axis that may not be free.
  func extent(of axis: Int) throws(ShapeError) -> Int {
    guard shape.indices.contains(axis) else { throw ShapeError("it reads nothing that has units") }
    guard let extent = shape[axis] else {
      throw ShapeError(
        """
        how many numbers it reads depends on the size of the picture, which is free: give the input a size, or pool \
        globally before
        """)
    }
    return extent
  }

  /// Checks a number of channels or units.
  func check(_ count: Int, _ what: String) throws(ShapeError) {
    guard (1...1 << 24).contains(count) else { throw ShapeError("\(count) \(what)") }
  }
}
