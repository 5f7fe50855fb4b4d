/// How far a visualization is; handed to `onProgress` after every iteration.
public struct VisualizationProgress {
  /// The iterations done, those of earlier stages included.
  public let completed: Int
  /// The iterations asked for, of all stages.
  public let total: Int
  /// The last iteration.
  public let moment: Moment
  /// The losses of the last iteration.
  public let record: IterationRecord

  private let cancellation: Cancellation
  private let decode: (_ pictures: Range<Int>) -> Tensor

  init(
    completed: Int, total: Int, moment: Moment, record: IterationRecord,
    cancellation: Cancellation, decode: @escaping (_ pictures: Range<Int>) -> Tensor
  ) {
    self.completed = completed
    self.total = total
    self.moment = moment
    self.record = record
    self.cancellation = cancellation
    self.decode = decode
  }

  /// Ends the run here: it returns what it has, marked as cancelled if that is before the last iteration.
  public func stop() { cancellation.cancel() }

  /// A picture as it is now, `[1, H, W, C]`, decoded when asked for and shown as the recipe shows pictures.
  ///
  /// To be asked for within `onProgress`: later it shows what the run has come to.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int = 0) -> Tensor { decode(index..<index + 1) }

  /// All pictures as they are now, `[N, H, W, C]`; like `picture(_:)`.
  public func pictures() -> Tensor { decode(record.objectives.indices) }
}
