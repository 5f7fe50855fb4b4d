/// The blocks of memory that indices address, one for each block of what is gathered or scattered.
struct IndexedBlocks: Sendable {
  /// The elements of a block.
  let size: Int
  /// The number of blocks addressed.
  let count: Int
  /// The elements of the data.
  let dataCount: Int
  /// For each block, where it would start if its indices were 0.
  private let bases: [Int]
  /// For each block, the first of its indices.
  private let firstIndices: [Int]
  /// The extent and the step of each axis of the data that an index is for.
  private let axes: [(extent: Int, step: Int)]

  init(_ addressing: IndexAddressing, data: [Int], indices: [Int]) throws(ShapeError) {
    let steps = NumberArray.strides(of: data)
    dataCount = data.reduce(1, *)
    switch addressing {
    case .positions(let axis):
      let axis = try normalizedAxis(axis, rank: data.count)
      let width = indices.reduce(1, *)
      size = steps[axis]
      count = data[..<axis].reduce(1, *) * width
      axes = [(data[axis], size)]
      let run = data[axis] * size
      bases = (0..<count).map { $0 / max(width, 1) * run }
      firstIndices = (0..<count).map { $0 % max(width, 1) }
    case .elements(let axis):
      let axis = try normalizedAxis(axis, rank: data.count)
      size = 1
      count = indices.reduce(1, *)
      axes = [(data[axis], steps[axis])]
      let own = NumberArray.strides(of: indices)
      bases = (0..<count).map { position in
        indices.indices.reduce(0) {
          $1 == axis ? $0 : $0 + position / own[$1] % indices[$1] * steps[$1]
        }
      }
      firstIndices = Array(0..<count)
    case .coordinates(let batchAxes):
      let width = indices[indices.count - 1]
      let coordinates = batchAxes..<(batchAxes + width)
      axes = coordinates.map { (data[$0], steps[$0]) }
      size = data[coordinates.upperBound...].reduce(1, *)
      count = indices.dropLast().reduce(1, *)
      let perBatch = max(indices[batchAxes...].dropLast().reduce(1, *), 1)
      let run = data[batchAxes...].reduce(1, *)
      bases = (0..<count).map { $0 / perBatch * run }
      firstIndices = (0..<count).map { $0 * width }
    }
  }

  /// The `Float`s that the positions take.
  static func heldCount(_ addressing: IndexAddressing, data: [Int], indices: [Int]) -> Int {
    var extents = indices
    if case .positions(let axis) = addressing {
      extents += data.prefix(axis < 0 ? max(axis + data.count, 0) : axis)
    }
    return 4 * extents.reduce(1, *)
  }

  /// Where a block starts in the data; `nil` where an index lies beyond it.
  func start(_ block: Int, _ indices: UnsafePointer<Float>) -> Int? {
    var start = bases[block]
    for (position, axis) in axes.enumerated() {
      let index = indices[firstIndices[block] + position]
      guard index >= Float(-axis.extent), index < Float(axis.extent) else { return nil }
      start += (index < 0 ? Int(index) + axis.extent : Int(index)) * axis.step
    }
    return start
  }
}
