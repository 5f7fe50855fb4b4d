import FeatureVisualization

/// The bytes that the frames of drawings take until they are written.
struct AnimationMemory {
  /// Those of the drawing that takes most: as it is recorded, and as it is shown.
  private let ofOneDrawing: Double
  /// Those of all drawings as they are shown.
  private let ofAllShown: Double

  /// The numbers of a chart, in pixels of three colours.
  private static let chartCount = 640 * 1000 * 3

  /// - Parameter steps: those of each drawing before which its pictures are taken.
  init(_ drawings: [Drawing], _ steps: [[Int]], _ form: InputForm) {
    var (most, all) = (0.0, 0.0)
    for (drawing, steps) in zip(drawings, steps) {
      let frames = Double(steps.count + 1) * Double(drawing.seeds.count)
      let pixels = Double(drawing.pixelCount)
      // Channels that are no colours are shown side by side, signals and features as charts.
      let shown =
        form.isPicture
        ? pixels * Double(form.channels > 3 ? 3 * form.channels : 3) : Double(Self.chartCount)
      let bytes = Double(MemoryLayout<Float>.stride) * frames
      // The run's own pictures become those of its result.
      most = max(most, bytes * (2 * pixels * Double(form.channels) + shown))
      all += bytes * shown
    }
    (ofOneDrawing, ofAllShown) = (most, all)
  }

  /// Refuses frames that would take more than `limit`.
  ///
  /// - Parameter isOneFile: whether the frames of all drawings go into it, which are held until it is written.
  func check(isOneFile: Bool, limit: Int) throws {
    let needed = ofOneDrawing + (isOneFile ? ofAllShown : 0)
    guard needed > Double(limit) else { return }
    throw ToolError(
      """
      --animation: its frames would take \(Int(min(needed, 9e18) / 1e6).grouped) MB, more than the limit of \
      \((limit / 1_000_000).grouped) MB; take fewer with --animation-every, fewer --units or a smaller --size, or allow \
      more with --memory
      """)
  }
}
