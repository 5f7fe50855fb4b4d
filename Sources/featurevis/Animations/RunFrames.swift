import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles

/// One picture of a run on its way to what it became.
struct RunFrames {
  /// The picture at a step.
  struct Frame {
    let picture: Tensor
    /// How many steps it took to get there; `nil` of the result.
    let step: Int?
    let score: Float

    /// `step 40`, or `result`.
    var place: String { step.map { "step \($0)" } ?? "result" }
  }

  /// The pictures on the way, in the order of their steps; all as large as the result.
  let frames: [Frame]
  /// What came out.
  let result: Frame

  /// The frames before some steps, and the result.
  func frames(at steps: [Int]) -> [Frame] {
    let wanted = Set(steps)
    return frames.filter { $0.step.map(wanted.contains) ?? false } + [result]
  }

  /// - Parameter number: which of the pictures that were drawn together.
  init(
    of visualization: Visualization, picture number: Int, as rendering: PictureRendering
  ) throws {
    let result = visualization.picture(number)
    let steps = Self.steps(of: visualization.history)
    let lastStage = steps.count - 1
    var frames: [Frame] = []
    for snapshot in visualization.snapshots {
      // A run that is interrupted has not looked at its last picture.
      let iterations = steps.indices.contains(snapshot.stage) ? steps[snapshot.stage] : 0..<0
      guard snapshot.iteration < iterations.count else { continue }
      let step = iterations.lowerBound + snapshot.iteration
      let picture = Self.fitted(
        Self.picture(number, of: snapshot.pictures), to: result,
        isLastStage: snapshot.stage == lastStage)
      frames.append(
        Frame(
          picture: try rendering.visible(picture), step: step,
          score: visualization.history[step].objectives[number]))
    }
    self.frames = frames
    self.result = Frame(
      picture: try rendering.visible(result), step: nil, score: visualization.scores[number])
  }

  /// The steps of each stage, counted through all of them: a stage may end before its last one.
  private static func steps(of history: [IterationRecord]) -> [Range<Int>] {
    let starts = history.indices.filter { history[$0].iteration == 0 }
    return zip(starts, starts.dropFirst() + [history.count]).map { $0..<$1 }
  }

  private static func picture(_ number: Int, of batch: Tensor) -> Tensor {
    let shape = Array(batch.shape.dropFirst())
    let count = shape.reduce(1, *)
    return Tensor(
      shape: [1] + shape, elements: Array(batch.elements[number * count..<(number + 1) * count]))
  }

  /// A picture as large as the result: without the border that the recipe cuts off it, or enlarged.
  private static func fitted(_ picture: Tensor, to result: Tensor, isLastStage: Bool) -> Tensor {
    let (height, width) = (result.shape[1], result.shape[2])
    let (rows, columns) = (picture.shape[1] - height, picture.shape[2] - width)
    let isCropped = isLastStage && rows == columns && rows > 0
    let shown = isCropped ? picture.centerCropped(height: height, width: width) : picture
    return shown.resized(height: height, width: width)
  }
}
