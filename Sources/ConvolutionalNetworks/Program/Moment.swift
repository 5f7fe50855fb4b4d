/// Where a run stands: what schedules, modifiers and optimizers are told.
public struct Moment: Sendable, Hashable {
  /// The iteration, counted from 0 in its stage.
  public let iteration: Int
  /// The iterations of the stage.
  public let iterationCount: Int
  /// The stage, counted from 0.
  public let stage: Int

  public init(iteration: Int, of iterationCount: Int, stage: Int = 0) {
    self.iteration = iteration
    self.iterationCount = iterationCount
    self.stage = stage
  }

  /// How much of the stage is behind: 0 at its first iteration, 1 at its last.
  public var progress: Double {
    iterationCount > 1 ? Double(iteration) / Double(iterationCount - 1) : 1
  }
}
