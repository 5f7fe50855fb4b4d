/// Shifts the picture by a random number of whole pixels: details that depend on their exact place go away.
///
/// An axis of one pixel, as a signal has, stays as it is.
public struct Jitter: InputModifier {
  /// How far the picture is shifted.
  public enum Amount: Sendable, Equatable {
    /// Up to so many pixels each way.
    case pixels(Int)
    /// Up to this share of the side each way, 0…1.
    case share(Double)
  }

  /// What becomes of the edges.
  public enum Edge: Sendable, Equatable {
    /// Pixels leaving on one side come back on the other, as in keras-vis; the shift is −n…n.
    case wrap
    /// A window smaller by the amount is cut out at a random place, as in lucid.
    case crop
  }

  /// How far the picture is shifted.
  public let amount: Amount
  /// What becomes of the edges.
  public let edge: Edge

  public init(_ amount: Amount, edge: Edge = .wrap) {
    self.amount = amount
    self.edge = edge
  }

  public var name: String { "Jitter" }
  public var isRandom: Bool { true }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    // What can be shifted; nothing can of a single pixel.
    let side = [size.height, size.width].filter { $0 > 1 }.min() ?? .max
    switch amount {
    case .pixels(let pixels):
      guard pixels >= 0, edge == .wrap ? pixels <= 16384 : pixels < side else {
        throw .invalidArgument("jitter", "\(pixels) pixels of a side of \(side)")
      }
    case .share(let share):
      guard (0..<1).contains(share) else {
        throw .invalidArgument("jitter", "a share of \(share) is not in 0..<1")
      }
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    func reach(_ side: Int) -> Int {
      guard side > 1 else { return 0 }
      return switch amount {
      case .pixels(let pixels): pixels
      case .share(let share): Int((share * Double(side)).rounded())
      }
    }
    let (vertical, horizontal) = (reach(size.height), reach(size.width))
    guard vertical > 0 || horizontal > 0 else { return nil }
    switch edge {
    case .wrap:
      return Translation(
        size, to: size, top: generator.integer(in: -vertical...vertical),
        left: generator.integer(in: -horizontal...horizontal), edge: .wrap)
    case .crop:
      let (y, x) = (min(vertical, size.height - 1), min(horizontal, size.width - 1))
      return Translation(
        size,
        to: PictureSize(
          height: size.height - y, width: size.width - x, channels: size.channels),
        top: -generator.integer(in: 0...y), left: -generator.integer(in: 0...x))
    }
  }
}

extension InputModifier where Self == Jitter {
  /// Shifts by up to so many pixels each way; edges wrap round.
  public static func jitter(_ pixels: Int) -> Jitter { Jitter(.pixels(pixels)) }

  /// Shifts by up to a share of the side each way; edges wrap round.
  public static func jitter(share: Double) -> Jitter { Jitter(.share(share)) }

  /// Cuts out a window smaller by so many pixels at a random place, as lucid's jitter does.
  public static func randomCrop(_ pixels: Int) -> Jitter { Jitter(.pixels(pixels), edge: .crop) }

  /// Cuts out a window smaller by a share of the side at a random place.
  public static func randomCrop(share: Double) -> Jitter { Jitter(.share(share), edge: .crop) }
}
