import ConvolutionalNetworks

/// A step's speed beside the most that the machine does.
struct Roofline: Encodable {
  let peakGigaflopsPerSecond: Double
  let peakReadGigabytesPerSecond: Double
  let gigaflopsPerSecond: Double
  let gigabytesPerSecond: Double
  /// The time that the operations take at the machine's peak.
  let arithmeticMilliseconds: Double
  /// The time that reading the weights takes, which no cache of a processor's size holds.
  let weightMilliseconds: Double
  /// `arithmetic` or `weights`: which of the two takes longer.
  let bound: String

  init(_ work: WorkFigures, milliseconds: Double, peak: MachinePeak) {
    peakGigaflopsPerSecond = peak.gigaflops
    peakReadGigabytesPerSecond = peak.readGigabytes
    gigaflopsPerSecond = work.gigaflop / milliseconds * 1000
    gigabytesPerSecond = (work.weightMegabytes + work.valueMegabytes) / milliseconds
    arithmeticMilliseconds = work.gigaflop / peak.gigaflops * 1000
    weightMilliseconds = work.weightMegabytes / peak.readGigabytes
    bound = arithmeticMilliseconds > weightMilliseconds ? "arithmetic" : "weights"
  }

  var lines: [String] {
    [
      """
      machine: \(peakGigaflopsPerSecond.fixed(0)) GFLOP/s of multiply-adds, reads \
      \(peakReadGigabytesPerSecond.fixed(1)) GB/s
      """,
      """
      step: \(gigaflopsPerSecond.fixed(0)) GFLOP/s of direct sums, \(gigabytesPerSecond.fixed(1)) GB/s; \
      at the peak its sums take \(arithmeticMilliseconds.fixed(1)) ms, its weights \
      \(weightMilliseconds.fixed(1)) ms: bound by \(bound)
      """,
    ]
  }
}
