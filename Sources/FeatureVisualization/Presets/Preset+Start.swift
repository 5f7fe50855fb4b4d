extension Preset {
  /// Where a run starts.
  ///
  ///     preset.with(\.start, .picture(photo))
  public enum Start: Sendable {
    /// At pictures, `[1, H, W, C]` for all or one for each, in 0…1.
    case picture(Tensor)
    /// At what an earlier run ended with.
    case parameters(OptimizedParameters)
  }
}
