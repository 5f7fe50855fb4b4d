/// A picture whose activations a loss compares with, known by its identity.
///
/// Each step transforms it as it transforms the picture that is optimised, so that both are seen alike.
public final class ReferencePicture: Sendable, Hashable {
  /// `[1, H, W, C]`, 0…1, RGB or grey, of any size: it is resized to that of the picture.
  public let picture: Tensor

  public init(_ picture: Tensor) { self.picture = picture }

  public static func == (left: ReferencePicture, right: ReferencePicture) -> Bool { left === right }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
