import FeatureVisualization
import PictureFiles

/// The objectives and the losses of runs, step by step.
struct RunCurves {
  private var objectives: [LineChart.Curve] = []
  /// The curves of each loss, by its name, in the order in which they come.
  private var losses: [(title: String, curves: [LineChart.Curve])] = []

  /// Takes the curves of a picture.
  ///
  /// - Parameters:
  ///   - number: which of the pictures that were drawn together.
  ///   - caption: what people read beside it.
  mutating func add(_ visualization: Visualization, picture number: Int, caption: String) {
    let history = visualization.history
    let objective = history.map { Double($0.objectives[number]) }
    objectives.append(.init(caption, objective))
    guard let terms = history.first?.losses else { return }
    for (place, term) in terms.enumerated() {
      // Stages have the same losses; a record of others has none here.
      let values = history.map {
        $0.losses.indices.contains(place) ? Double($0.losses[place].values[number]) : .nan
      }
      // A loss that is the objective, or its negative, has its curve.
      guard zip(values, objective).contains(where: { abs($0) != abs($1) }) else { continue }
      if !losses.contains(where: { $0.title == term.name }) { losses.append((term.name, [])) }
      guard let panel = losses.firstIndex(where: { $0.title == term.name }) else { continue }
      losses[panel].curves.append(.init(caption, values))
    }
  }

  /// The chart; `nil` where no step was taken.
  var chart: LineChart? {
    guard objectives.contains(where: { !$0.values.isEmpty }) else { return nil }
    return LineChart(
      [LineChart.Panel("objective", objectives)]
        + losses.map { LineChart.Panel($0.title, $0.curves) }, horizontal: "step")
  }
}
