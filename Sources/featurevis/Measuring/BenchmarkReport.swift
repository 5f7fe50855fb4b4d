/// What `featurevis benchmark` tells.
struct BenchmarkReport: Encodable {
  let layer: String
  let operation: String
  let inputShape: [Int]
  let unit: Int
  /// The row and the column of the only position pulled back.
  let position: [Int]?
  let threads: Int
  let steps: Int
  /// The precision that weights of dense layers are stored in.
  let denseWeights: String
  let medianMilliseconds: Double
  let minimumMilliseconds: Double
  let forwardMedianMilliseconds: Double
  let steadiness: Double
  let workspaceMegabytes: Double
  /// Of the process, weights and loading included.
  let peakMegabytes: Double
  let work: WorkFigures
  var layers: [LayerFigures]?
  var visualization: VisualizationFigures?
  var roofline: Roofline?

  var lines: [String] {
    var lines = [
      """
      \(medianMilliseconds.fixed(1)) ms per step (median of \(steps); minimum \
      \(minimumMilliseconds.fixed(1))), forward \(forwardMedianMilliseconds.fixed(1)) ms; \
      \(layer) (\(operation))\(position.map { " at \($0[0]),\($0[1])" } ?? ""), input \(inputShape), \
      \(threads) thread\(threads == 1 ? "" : "s"), \
      \(denseWeights == "float32" ? "" : "dense weights in \(denseWeights), ")\
      workspace \(workspaceMegabytes.fixed(0)) MB, process \(peakMegabytes.fixed(0)) MB
      """
    ]
    if let layers { lines += LayerFigures.table(layers) }
    if let visualization {
      lines.append(
        """
        \(visualization.seconds.fixed(2)) s per visualization of \(visualization.steps) steps, \
        \(visualization.stepMedianMilliseconds.fixed(1)) ms each
        """)
    }
    return lines + (roofline?.lines ?? [])
  }
}
