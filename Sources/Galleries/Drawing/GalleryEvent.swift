/// What happens while a gallery is drawn.
public enum GalleryEvent: Sendable {
  /// A step of some units of a layer.
  case step(Step)
  /// A unit's picture and record are on the disk.
  case finished(GalleryUnit, score: Float)
  /// A unit has no picture: never, where its numbers are not finite, or until its file can be written.
  case failed(GalleryUnit, reason: String)

  /// How far the units at hand are, and the shard with them.
  public struct Step: Sendable {
    /// The units that are drawn together.
    public let units: [GalleryUnit]
    /// Their steps that are done, and all of them.
    public let completed: Int
    public let total: Int
    /// The shard's units that are finished, those of earlier runs included, and all of them.
    public let finished: Int
    public let all: Int
    /// How many of them this run has finished.
    public let drawn: Int
  }
}

/// What has become of a shard.
public struct GallerySummary: Sendable, Equatable {
  /// The units that were drawn now.
  public let drawn: Int
  /// The units that were there already.
  public let kept: Int
  /// The units without a picture, of earlier runs too, and why.
  public let failures: [Failure]
  /// The units that nobody has come to yet.
  public let remaining: Int

  /// A unit without a picture.
  public struct Failure: Sendable, Equatable {
    public let unit: GalleryUnit
    public let reason: String
    /// Whether drawing it again would fail as well.
    public let isFinal: Bool
  }
}
