import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles

/// The files that `visualize` writes, none of which replaces another: a picture each, a sheet, a report, an
/// animation.
struct VisualizationOutputs {
  let pictures: [OutputFile]
  private let sheet: OutputFile?
  private let report: OutputFile?
  let animation: AnimationOutputs?

  /// - Throws: `ToolError` where one of them could not be written or would replace another.
  init(
    pictures: [OutputFile], sheet: String?, report: String?, animation: AnimationOutputs?,
    plan: OutputPlan
  ) throws {
    var plan = plan
    self.pictures = pictures
    self.sheet = try sheet.map { try OutputFile(picture: $0) }
    self.report = try report.map { try OutputFile($0) }
    self.animation = animation
    for file in pictures { try plan.writes(file, "--output") }
    try plan.writes(self.sheet, "--sheet")
    try plan.writes(self.report, "--report")
    for file in animation?.files ?? [] { try plan.writes(file, "--animation") }
  }

  /// Writes what is made of all pictures.
  ///
  /// - Parameter columns: the pictures in a row of the sheet; as many as make it about square unless given.
  func finish(
    _ pictures: [Tensor], captions: [String], columns: Int?, _ summary: VisualizationReport
  ) throws {
    if let sheet {
      try sheet.write {
        try PictureFile($0).write(
          ContactSheet(pictures, captions: captions, columns: columns).picture)
      }
      StandardStreams.printLine(sheet.path)
    }
    try report?.write(summary)
  }
}
