/// How the numbers of a picture become those of an input: its scale, the order of its channels and of its axes.
struct PictureFeeding {
  private let mapping: PixelMapping
  private let reversesChannels: Bool
  private let exchangesAxes: Bool

  init(_ form: InputForm, _ specification: InputSpecification) throws(VisualizationError) {
    mapping = try PixelSpace.network.mapping(specification)
    reversesChannels = specification.channelOrder == .bgr
    exchangesAxes = form.exchangesAxes
  }

  /// Writes the input of a picture.
  func feed(
    _ picture: UnsafePointer<Float>, _ input: UnsafeMutablePointer<Float>, _ size: PictureSize
  ) {
    guard exchangesAxes else {
      return mapping.apply(picture, input, count: size.count, reversingChannels: reversesChannels)
    }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: size.count) { memory in
      guard let rows = memory.baseAddress else { return }
      mapping.apply(picture, rows, count: size.count)
      exchange(rows, input, height: size.height, width: size.width)
    }
  }

  /// Writes the gradient of a picture for that of its input.
  func pullBack(
    _ gradient: UnsafePointer<Float>, into picture: UnsafeMutablePointer<Float>, _ size: PictureSize
  ) {
    guard exchangesAxes else {
      return mapping.pullBack(
        gradient, into: picture, count: size.count, reversingChannels: reversesChannels)
    }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: size.count) { memory in
      guard let rows = memory.baseAddress else { return }
      exchange(gradient, rows, height: size.width, width: size.height)
      mapping.pullBack(rows, into: picture, count: size.count)
    }
  }

  /// Writes the transposed matrix.
  private func exchange(
    _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, height: Int, width: Int
  ) {
    for y in 0..<height {
      for x in 0..<width { to[x * height + y] = from[y * width + x] }
    }
  }
}
