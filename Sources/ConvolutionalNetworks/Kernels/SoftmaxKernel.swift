#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Softmax or its logarithm along any axis; the elements along it are `inner` apart.
struct SoftmaxKernel: Kernel {
  let outer: Int
  let extent: Int
  let inner: Int
  let isLogarithmic: Bool

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 11

  /// The kernel for a value of shape `shape` in memory order.
  static func make(shape: [Int], axis: Int, isLogarithmic: Bool) -> any Kernel {
    let inner = shape[(axis + 1)...].reduce(1, *)
    guard inner == 1 else {
      return SoftmaxKernel(shape: shape, axis: axis, isLogarithmic: isLogarithmic)
    }
    return RowSoftmaxKernel(
      rows: shape[..<axis].reduce(1, *), width: shape[axis], isLogarithmic: isLogarithmic)
  }

  private init(shape: [Int], axis: Int, isLogarithmic: Bool) {
    outer = shape[..<axis].reduce(1, *)
    extent = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
    self.isLogarithmic = isLogarithmic
  }

  var pullbackReads: PullbackReads { .outputs }

  func forward(_ run: KernelRun) {
    forEachLine(run) { offset in
      let x = run.inputs[0] + offset
      let y = run.outputs[0] + offset
      var largest = -Float.infinity
      for i in 0..<extent { largest = max(largest, x[i * inner]) }
      var sum: Float = 0
      for i in 0..<extent {
        let power = expf(x[i * inner] - largest)
        y[i * inner] = power
        sum += power
      }
      if isLogarithmic {
        // Not x − (largest + logarithm): that sum rounds the logarithm away where x is large.
        let logarithm = logf(sum)
        for i in 0..<extent { y[i * inner] = (x[i * inner] - largest) - logarithm }
      } else {
        for i in 0..<extent { y[i * inner] /= sum }
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let accumulating = run.accumulates[0]
    forEachLine(run) { offset in
      let y = UnsafePointer(run.outputs[0] + offset)
      let g = UnsafePointer(output + offset)
      let target = gradient + offset
      var sum: Float = 0
      for i in 0..<extent { sum += isLogarithmic ? g[i * inner] : g[i * inner] * y[i * inner] }
      for i in 0..<extent {
        let value =
          isLogarithmic
          ? g[i * inner] - expf(y[i * inner]) * sum : y[i * inner] * (g[i * inner] - sum)
        target[i * inner] = accumulating ? target[i * inner] + value : value
      }
    }
  }

  private func forEachLine(_ run: KernelRun, _ body: (_ offset: Int) -> Void) {
    let lines = outer * inner
    let count = max(1, Self.chunk / max(extent, 1))
    run.forEachChunk((lines + count - 1) / count) { chunk, _ in
      for line in chunk * count..<min((chunk + 1) * count, lines) {
        body(line / inner * extent * inner + line % inner)
      }
    }
  }
}
