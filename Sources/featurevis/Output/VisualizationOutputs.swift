import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles

/// The files that `visualize` writes, none of which replaces another: a picture each, a sheet, a report, a
/// plot of curves, an animation.
struct VisualizationOutputs {
  let pictures: [OutputFile]
  private let sheet: OutputFile?
  private let report: OutputFile?
  private let plot: OutputFile?
  let animation: AnimationOutputs?

  /// - Throws: `ToolError` where one of them could not be written or would replace another.
  init(
    pictures: [OutputFile], sheet: String?, report: String?, plot: String?,
    animation: AnimationOutputs?, plan: OutputPlan
  ) throws {
    var plan = plan
    self.pictures = pictures
    self.sheet = try sheet.map { try OutputFile(picture: $0) }
    self.report = try report.map { try OutputFile($0) }
    self.plot = try plot.map { try OutputFile(chart: $0) }
    self.animation = animation
    for file in pictures { try plan.writes(file, "--output") }
    try plan.writes(self.sheet, "--sheet")
    try plan.writes(self.report, "--report")
    try plan.writes(self.plot, "--plot")
    for file in animation?.files ?? [] { try plan.writes(file, "--animation") }
  }

  /// Writes what is made of all pictures.
  func finish(
    _ cells: SheetCells, _ curves: RunCurves, _ summary: VisualizationReport,
    _ progress: ProgressOptions
  ) throws {
    if let sheet {
      let picture = cells.sheet.picture
      try sheet.write { try PictureFile($0).write(picture) }
      progress.tellMade(sheet.path)
    }
    try report?.write(summary)
    if let plot, let chart = curves.chart {
      try plot.write { try ChartFile($0).write(chart) }
      progress.tellMade(plot.path)
    }
  }
}
