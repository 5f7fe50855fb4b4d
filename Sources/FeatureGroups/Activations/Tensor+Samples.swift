import FeatureVisualization

extension Tensor {
  /// The number of rows along the last axis: the positions of all pictures.
  var sampleCount: Int { count / max(1, shape.last ?? 1) }

  /// These rows along the last axis, `[rows, C]`.
  func rows(_ indices: [Int]) -> Tensor {
    let width = shape.last ?? 1
    return Tensor(shape: [indices.count, width]) { target in
      withUnsafeBufferPointer { source in
        for (place, index) in indices.enumerated() {
          for column in 0..<width {
            target[place * width + column] = source[index * width + column]
          }
        }
      }
    }
  }

  /// Refuses what holds no samples of units, `[…, C]`, finite, or more than there is memory for.
  func validateSamples(_ argument: String, atLeast least: Int = 1) throws(VisualizationError) {
    guard rank >= 2, let units = shape.last, units > 0, sampleCount >= least else {
      throw .invalidArgument(
        argument, "shape \(shape) has not \(least) rows of units: [samples, units] or [N, H, W, C]")
    }
    // Twice in doubles, at most, while they are computed with.
    let (bytes, overflows) = count.multipliedReportingOverflow(by: 2 * MemoryLayout<Double>.stride)
    guard !overflows, bytes <= Program.defaultMemoryLimit else {
      throw .tooMuchMemory(needed: overflows ? .max : bytes, limit: Program.defaultMemoryLimit)
    }
    let isFinite = withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) }
    guard isFinite else { throw .invalidArgument(argument, "a number is not finite") }
  }
}
