public import FeatureVisualization

/// How much the objective falls where a window of the picture is covered.
///
/// The window goes over the picture in steps; the last of a row or column may reach over the edge. A pixel has the mean of
/// `s(x) − s(x covered)` over the windows that cover it, and 0 where none does.
/// Zeiler and Fergus 2014, https://arxiv.org/abs/1311.2901.
public struct Occlusion: AttributionMethod {
  /// The side of the window in pixels.
  public let window: Int
  /// The pixels from one window to the next.
  public let stride: Int
  /// What the window is filled with.
  public let baseline: Baseline
  public var name: String { "occlusion" }

  /// - Parameters:
  ///   - window: the side of the window in pixels, no larger than the picture. A signal's has one row.
  ///   - stride: the pixels from one window to the next; the window's side unless given.
  ///   - baseline: what the window is filled with; black unless given.
  public init(window: Int = 8, stride: Int? = nil, baseline: Baseline = .black) {
    (self.window, self.stride, self.baseline) = (window, stride ?? window, baseline)
  }

  /// The fall of the objective, `[1, H, W, 1]`, signed.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for a window that is larger than the picture, or a side or stride that is
  ///   not positive.
  /// - Complexity: a forward pass for each window, in batches.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let (height, width) = (question.picture.shape[1], question.picture.shape[2])
    let rows = try places(along: height, of: question.picture.shape)
    let columns = try places(along: width, of: question.picture.shape)
    let cover = try baseline.picture(for: question)
    func pixels(_ index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
      (rows[index / columns.count], columns[index % columns.count])
    }
    let whole = try question.values(at: question.picture)[0]
    let values = try question.values(count: rows.count * columns.count) { index in
      var mask = [Float](repeating: 1, count: height * width)
      let (rows, columns) = pixels(index)
      for row in rows { for column in columns { mask[row * width + column] = 0 } }
      return question.masked(by: mask, over: cover)
    }
    var sums = [Double](repeating: 0, count: height * width)
    var counts = [Double](repeating: 0, count: height * width)
    for (index, value) in values.enumerated() {
      let (rows, columns) = pixels(index)
      for row in rows {
        for column in columns {
          sums[row * width + column] += Double(whole - value)
          counts[row * width + column] += 1
        }
      }
    }
    return question.map(zip(sums, counts).map { $0 / max($1, 1) }, isSigned: true)
  }

  /// Where windows lie along an axis: the last one is the first that reaches the end.
  private func places(along extent: Int, of shape: [Int]) throws(VisualizationError) -> [Range<Int>]
  {
    guard window > 0, stride > 0 else {
      throw .invalidArgument(
        "window", "a window of \(window) in steps of \(stride) is not positive")
    }
    guard extent > 1 else { return [0..<extent] }
    guard window <= extent else {
      throw .invalidArgument(
        "window", "\(window) pixels are more than the picture has, \(shape[1])×\(shape[2])")
    }
    let count = (extent - window + stride - 1) / stride + 1
    return (0..<count).map { $0 * stride..<min($0 * stride + window, extent) }
  }
}

extension AttributionMethod where Self == Occlusion {
  /// How much the objective falls where a window of the picture is covered.
  public static func occlusion(
    window: Int = 8, stride: Int? = nil, baseline: Baseline = .black
  ) -> Occlusion {
    Occlusion(window: window, stride: stride, baseline: baseline)
  }
}
