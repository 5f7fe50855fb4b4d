/// Carries coarse planes over to those of pictures of another size.
struct CoarseResampling {
  private let from: PictureSize
  private let to: PictureSize

  /// - Returns: `nil` where the pictures have not as many channels.
  init?(from: PictureSize, to: PictureSize) {
    guard from.channels == to.channels else { return nil }
    (self.from, self.to) = (from, to)
  }

  /// The planes of every level, one after another.
  ///
  /// - Parameter levels: what sides are divided by, and how many sets of planes there are.
  /// - Returns: `nil` for another number of parameters than the levels'.
  func apply(_ parameters: [Float], _ levels: [(divisor: Int, count: Int)]) -> [Float]? {
    var result: [Float] = []
    var start = 0
    for (divisor, count) in levels {
      let old = CoarsePlanes.sides(from, dividedBy: divisor)
      let new = CoarsePlanes.sides(to, dividedBy: divisor)
      let plane = PictureSize(height: old.height, width: old.width, channels: 1)
      let resize = Resampling.resize(plane, height: new.height, width: new.width)
      for _ in 0..<count * from.channels {
        guard start + plane.count <= parameters.count else { return nil }
        result += resize.applied(to: Array(parameters[start..<start + plane.count]))
        start += plane.count
      }
    }
    return start == parameters.count ? result : nil
  }
}
