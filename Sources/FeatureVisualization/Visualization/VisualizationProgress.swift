/// How far a visualization is; handed to `onProgress` after every iteration.
public struct VisualizationProgress: Sendable {
  /// What `onProgress` answers.
  public enum Decision: Sendable {
    /// Go on.
    case proceed
    /// Stop here: the visualization returns what it has, marked as cancelled.
    case stop
  }

  /// The iterations done.
  public let completed: Int
  /// The iterations asked for.
  public let total: Int
  /// The losses of the last iteration.
  public let record: IterationRecord
}
