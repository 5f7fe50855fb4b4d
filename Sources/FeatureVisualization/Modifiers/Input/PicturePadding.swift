/// Adds a frame round the picture, so that shifts and rotations find something beyond its edge.
///
/// An axis of one pixel, as a signal has, stays as it is.
public struct PicturePadding: InputModifier {
  /// How wide the frame is on each side.
  public enum Amount: Sendable, Hashable {
    /// So many pixels, 0…4096.
    case pixels(Int)
    /// A share of the side, 0…1.
    case share(Double)
  }

  /// What the frame shows.
  public enum Fill: Sendable, Hashable {
    /// A grey, 0…1.
    case gray(Float)
    /// One grey for the whole frame, drawn evenly from 0…1 at each step.
    case randomGray
    /// The picture mirrored at its outermost pixels: `d c b | a b c d`, which is TensorFlow's `REFLECT` and lucid's default.
    case mirrored
    /// The picture mirrored behind its outermost pixels: `c b a | a b c d`.
    case symmetric
  }

  /// How wide the frame is on each side.
  public let amount: Amount
  /// What the frame shows.
  public let fill: Fill

  /// A grey frame of so many pixels.
  public init(_ pixels: Int, brightness: Float = 0.5) {
    self.init(.pixels(pixels), fill: .gray(brightness))
  }

  /// - Parameters:
  ///   - amount: how wide the frame is on each side.
  ///   - fill: what the frame shows.
  public init(_ amount: Amount, fill: Fill) {
    self.amount = amount
    self.fill = fill
  }

  public var name: String { "Padding" }
  public var isRandom: Bool { fill == .randomGray }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    switch amount {
    case .pixels(let pixels):
      guard (0...4096).contains(pixels) else {
        throw .invalidArgument("padding", "\(pixels) pixels are not in 0...4096")
      }
    case .share(let share):
      guard (0...1).contains(share) else {
        throw .invalidArgument("padding", "a share of \(share) is not in 0...1")
      }
    }
    if case .gray(let brightness) = fill, !brightness.isFinite {
      throw .invalidArgument("padding", "a brightness of \(brightness)")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    func width(_ side: Int) -> Int {
      guard side > 1 else { return 0 }
      return switch amount {
      case .pixels(let pixels): pixels
      case .share(let share): Int((share * Double(side)).rounded())
      }
    }
    let (top, left) = (width(size.height), width(size.width))
    func framed(_ brightness: Float) -> Translation {
      Translation(
        size,
        to: PictureSize(
          height: size.height + 2 * top, width: size.width + 2 * left, channels: size.channels),
        top: top, left: left, edge: .fill(brightness))
    }
    func mirrored(isEdgeRepeated: Bool) -> Rearrangement {
      Rearrangement(
        size,
        rows: Rearrangement.mirrored(size.height, padding: top, isEdgeRepeated: isEdgeRepeated),
        columns: Rearrangement.mirrored(
          size.width, padding: left, isEdgeRepeated: isEdgeRepeated))
    }
    switch fill {
    case .gray(let brightness): return framed(brightness)
    case .randomGray: return framed(Float(generator.uniform()))
    case .mirrored: return mirrored(isEdgeRepeated: false)
    case .symmetric: return mirrored(isEdgeRepeated: true)
    }
  }
}

extension InputModifier where Self == PicturePadding {
  /// Adds a grey frame of so many pixels.
  public static func padding(_ pixels: Int, brightness: Float = 0.5) -> PicturePadding {
    PicturePadding(pixels, brightness: brightness)
  }

  /// Adds a frame of so many pixels.
  public static func padding(_ pixels: Int, _ fill: PicturePadding.Fill) -> PicturePadding {
    PicturePadding(.pixels(pixels), fill: fill)
  }

  /// Adds a frame of a share of the side.
  public static func padding(share: Double, _ fill: PicturePadding.Fill) -> PicturePadding {
    PicturePadding(.share(share), fill: fill)
  }
}
