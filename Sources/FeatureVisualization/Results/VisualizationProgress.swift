/// How far a visualization is; handed to `onProgress` after every iteration.
public struct VisualizationProgress {
  /// What `onProgress` answers.
  public enum Decision: Sendable {
    /// Go on.
    case proceed
    /// Stop here: the visualization returns what it has, marked as cancelled.
    case stop
  }

  /// The iterations done, those of earlier stages included.
  public let completed: Int
  /// The iterations asked for, of all stages.
  public let total: Int
  /// The last iteration.
  public let moment: Moment
  /// The losses of the last iteration.
  public let record: IterationRecord

  private let decode: (_ picture: Int) -> Tensor

  init(
    completed: Int, total: Int, moment: Moment, record: IterationRecord,
    decode: @escaping (_ picture: Int) -> Tensor
  ) {
    self.completed = completed
    self.total = total
    self.moment = moment
    self.record = record
    self.decode = decode
  }

  /// A picture as it is now, `[1, H, W, C]`, decoded when asked for and shown as the recipe shows pictures.
  ///
  /// To be asked for within `onProgress`: later it shows what the run has come to.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int = 0) -> Tensor { decode(index) }
}
