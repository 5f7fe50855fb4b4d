/// First steps in which the network sees the whole picture smaller, so that what is large in it is settled before its detail.
///
///     recipe.smallStart = SmallStart(share: 0.5)
///
/// At half the side a thing that is as large as the network knows it fills the picture, and a step costs a quarter. The
/// picture goes on from there as it does from stage to stage: a spectrum keeps its waves. Where a layer cannot be computed
/// from smaller pictures, these steps are of the usual size.
/// Yin et al. 2020, DeepInversion, draws in two resolutions, https://arxiv.org/abs/1912.08795.
public struct SmallStart: Sendable, Hashable {
  /// The share of the recipe's steps, above 0 and below 1; there is at least one step of either size.
  public let share: Double
  /// The sides of the small picture over those of the picture, above 0 and below 1.
  public let scale: Double

  /// - Parameters:
  ///   - share: the share of the recipe's steps.
  ///   - scale: the sides of the small picture over those of the picture.
  public init(share: Double, scale: Double = 0.5) {
    (self.share, self.scale) = (share, scale)
  }

  /// The steps that are of small pictures, of so many; 0 where there are too few.
  func iterations(of all: Int) -> Int {
    guard all > 1 else { return 0 }
    // Another share is refused when its stage is checked.
    let share = share > 0 && share < 1 ? share : 0.5
    return min(all - 1, max(1, Int((share * Double(all)).rounded())))
  }

  /// Refuses shares and scales that are none.
  func validate() throws(VisualizationError) {
    guard share > 0, share < 1, scale > 0, scale < 1 else {
      throw .invalidArgument(
        "smallStart", "a share of \(share) and a scale of \(scale) are not above 0 and below 1")
    }
  }
}

extension Preset {
  /// The recipe of the small pictures, which keeps `smallStart`, and that of the others; itself alone where there are none.
  ///
  /// A picture that is given to start from has its size already. Snapshots count through the steps of both sizes.
  func splitBySize() -> [Preset] {
    guard let smallStart, start == nil else { return [with(\.smallStart, nil)] }
    let steps = smallStart.iterations(of: iterations)
    guard steps > 0 else { return [with(\.smallStart, nil)] }
    var small = self
    small.iterations = steps
    small.snapshots = snapshots.filter { $0 < steps }
    small.stages = []
    small.canvas = canvas.map(smallStart.canvas)
    for name in inputs.keys {
      small.inputs[name]?.canvas = inputs[name]?.canvas.map(smallStart.canvas)
    }
    var large = self
    large.iterations -= steps
    large.snapshots = Set(snapshots.lazy.filter { $0 >= steps }.map { $0 - steps })
    large.smallStart = nil
    return [small, large]
  }
}

extension SmallStart {
  /// The canvas of the small picture.
  func canvas(_ canvas: Canvas) -> Canvas {
    Canvas(height: side(canvas.height), width: side(canvas.width), fit: canvas.fit)
  }

  /// A side of the small picture.
  private func side(_ side: Int) -> Int {
    // Another scale is refused when its stage is checked.
    guard scale > 0, scale < 1 else { return side }
    return max(1, Int((Double(side) * scale).rounded()))
  }

  /// The size of the small picture.
  func size(_ size: PictureSize) -> PictureSize {
    PictureSize(height: side(size.height), width: side(size.width), channels: size.channels)
  }
}
