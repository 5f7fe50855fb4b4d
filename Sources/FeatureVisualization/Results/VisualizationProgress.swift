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
  private let inputs: [String]
  private let decode: (_ pictures: Range<Int>, _ input: Int) -> Tensor

  init(
    completed: Int, total: Int, moment: Moment, record: IterationRecord,
    cancellation: Cancellation, inputs: [String],
    decode: @escaping (_ pictures: Range<Int>, _ input: Int) -> Tensor
  ) {
    self.completed = completed
    self.total = total
    self.moment = moment
    self.record = record
    self.cancellation = cancellation
    self.inputs = inputs
    self.decode = decode
  }

  /// Ends the run here: it returns what it has, marked as cancelled if that is before the last iteration.
  public func stop() { cancellation.cancel() }

  /// A picture as it is now, `[1, H, W, C]`, decoded when asked for and shown as the recipe shows pictures.
  ///
  /// To be asked for within `onProgress`: later it shows what the run has come to.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int = 0) -> Tensor { decode(index..<index + 1, 0) }

  /// All pictures as they are now, `[N, H, W, C]`; like `picture(_:)`.
  public func pictures() -> Tensor { decode(record.objectives.indices, 0) }

  /// All pictures of an input as they are now; `nil` where no input of this name is optimised.
  public func pictures(of input: String) -> Tensor? {
    inputs.firstIndex(of: input).map { decode(record.objectives.indices, $0) }
  }

  /// All pictures of every input, by its name, the first input's first.
  var picturesByInput: [(name: String, pictures: Tensor)] {
    inputs.indices.map { (inputs[$0], decode(record.objectives.indices, $0)) }
  }
}
