/// What a stream of updates tells.
public enum VisualizationUpdate: Sendable {
  /// An iteration is done.
  case step(Step)
  /// The visualization is done; the last update.
  case finished(Visualization)

  /// How far a visualization is.
  public struct Step: Sendable {
    /// The iterations done, those of earlier stages included.
    public let completed: Int
    /// The iterations asked for, of all stages.
    public let total: Int
    /// The iteration.
    public let moment: Moment
    /// The losses of the iteration.
    public let record: IterationRecord
    private let picturesByInput: [(name: String, pictures: Tensor)]

    init(_ progress: VisualizationProgress, picturesEvery interval: Int?) {
      completed = progress.completed
      total = progress.total
      moment = progress.moment
      record = progress.record
      let isShown = interval.map { $0 > 0 && progress.completed % $0 == 0 } ?? false
      picturesByInput = isShown ? progress.picturesByInput : []
    }

    /// The pictures after it, `[N, H, W, C]`, every so many iterations as was asked for; those of the first input where
    /// there are several.
    public var pictures: Tensor? { picturesByInput.first?.pictures }

    /// Those of an input by its name.
    public func pictures(of input: String) -> Tensor? {
      picturesByInput.first { $0.name == input }?.pictures
    }
  }
}
