/// A picture of another size than the network's input, and how the network gets to see it.
///
///     recipe.canvas = Canvas(height: 512, width: 512)
public struct Canvas: Sendable, Equatable {
  /// Rows of pixels.
  public let height: Int
  /// Columns of pixels.
  public let width: Int
  /// How what the input modifiers leave becomes as large as the network's input.
  ///
  /// The score is that of the whole picture treated so, without modifiers.
  public let fit: CanvasFit

  /// A picture of this size.
  public init(height: Int, width: Int, fit: CanvasFit = .resizing) {
    self.height = height
    self.width = width
    self.fit = fit
  }
}

/// How a picture of another size becomes as large as the network's input.
public enum CanvasFit: Sendable, Hashable {
  /// Bilinearly, all of it.
  case resizing
  /// Its centre is cut out, or it gets a grey frame.
  case cropping
}
