import FeatureVisualization
import Foundation
import PictureFiles

/// The frames of an animation of the run, and pictures at chosen steps.
func recordAnimation() throws {
  var recipe = smallSteps(30)
  recipe.snapshots = [0, 10, 29]
  var frames: [Tensor] = []
  let drawn = try smallNetwork.visualizeActivationWithLosses(
    ActivationMaximization(layer: "c", units: [3]), preset: recipe
  ) { progress in
    if progress.completed % 5 == 0 { frames.append(progress.picture()) }
  }
  expect(frames.count == 6 && frames[0].shape == [1, 12, 12, 3], "a frame every five steps")
  expect(frames[0] != frames[5], "the picture changes")
  expect(drawn.snapshots.map(\.iteration) == [0, 10, 29], "pictures at chosen steps")
  let further = try smallNetwork.visualizeActivationWithLosses(
    ActivationMaximization(layer: "c", units: [3]),
    preset: smallSteps(10).with(\.start, .parameters(drawn.parameters)))
  expect(further.history[0].objectives[0] >= drawn.scores[0] - 1e-4, "a run goes on from another")
  let kept = drawn.snapshots.map { snapshot in
    AnimationFrame(snapshot.pictures, caption: "step \(snapshot.iteration)")
  }
  try AnimationFile(URL(filePath: "run.gif")).write(
    kept + [AnimationFrame(drawn.picture(0), seconds: 2)], delay: 0.1)
  let bytes = try Data(contentsOf: URL(filePath: "run.gif"))
  expect(bytes.starts(with: Array("GIF89a".utf8)), "an animated GIF")
  let curve = LineChart.Curve("channel 3", drawn.history.map { Double($0.objectives[0]) })
  let chart = LineChart([LineChart.Panel("objective", [curve])], horizontal: "step")
  try ChartFile(URL(filePath: "curve.svg")).write(chart)
  let document = try String(contentsOf: URL(filePath: "curve.svg"), encoding: .utf8)
  expect(document == chart.svg && document.contains("<polyline"), "a curve as lines")
  let filters = FilterSheet(Tensor(shape: [2, 3, 3, 3], repeating: 1), colors: [0, 1, 2])
  expect(filters.pictures.count == 2 && filters.picture[0, 0, 0, 0] == 1, "weights as pictures")
  for name in ["run.gif", "curve.svg"] {
    try FileManager.default.removeItem(at: URL(filePath: name))
  }
}
