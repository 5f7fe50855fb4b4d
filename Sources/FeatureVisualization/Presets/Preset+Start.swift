extension Preset {
  /// Where a run starts.
  ///
  ///     preset.with(\.start, .picture(photo))
  public enum Start: Sendable {
    /// At pictures, `[1, H, W, C]` for all or one for each, in 0…1.
    case picture(Tensor)
    /// At what an earlier run ended with.
    case parameters(OptimizedParameters)
    /// At a photo, `[1, H, W, C]` in 0…1, resized to the picture's size. A stage goes on from the one before: with what that
    /// drew, enlarged, and the detail of the photo that its size had no room for.
    case octave(of: Tensor, after: OptimizedParameters? = nil)
  }
}
