extension Sparsemax: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let axis = try context.place(axis: axis)
    return SparsemaxKernel(
      outer: shape[..<axis].reduce(1, *), extent: shape[axis],
      inner: shape[(axis + 1)...].reduce(1, *))
  }
}

/// Lowers lines by their thresholds; the elements along a line are `inner` apart.
struct SparsemaxKernel: Kernel {
  let outer: Int
  let extent: Int
  let inner: Int

  var pullbackReads: PullbackReads { [.inputs, .outputs] }

  func forward(_ run: KernelRun) {
    var line = SparsemaxLine(extent: extent)
    forEachLine { offset in
      let x = run.inputs[0] + offset
      let y = run.outputs[0] + offset
      line.read(x, step: inner)
      for i in 0..<extent { y[i * inner] = max(x[i * inner] - line.threshold, 0) }
    }
  }

  /// Each of the k greatest elements raises the threshold, and is `(k − j) / k` of it at place j from 0 on.
  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let accumulating = run.accumulates[0]
    var line = SparsemaxLine(extent: extent)
    forEachLine { offset in
      let y = UnsafePointer(run.outputs[0] + offset)
      let g = UnsafePointer(output + offset)
      let target = gradient + offset
      line.read(run.inputs[0] + offset, step: inner)
      var sum: Float = 0
      for i in 0..<extent {
        let value = y[i * inner] > 0 ? g[i * inner] : 0
        sum += value
        target[i * inner] = accumulating ? target[i * inner] + value : value
      }
      for place in 0..<line.count {
        target[line.order[place] * inner] -= sum * Float(line.count - place) / Float(line.count)
      }
    }
  }

  private func forEachLine(_ body: (_ offset: Int) -> Void) {
    guard extent > 0 else { return }
    for block in 0..<outer {
      for line in 0..<inner { body(block * extent * inner + line) }
    }
  }
}

/// The threshold of a line, and the elements that make it.
private struct SparsemaxLine {
  /// The places of the elements, the greatest first.
  private(set) var order: [Int]
  /// How many of them make the threshold.
  private(set) var count = 0
  private(set) var threshold: Float = 0
  private var elements: [Float]

  init(extent: Int) {
    order = Array(0..<extent)
    elements = [Float](repeating: 0, count: extent)
  }

  mutating func read(_ x: UnsafePointer<Float>, step: Int) {
    for i in elements.indices { elements[i] = x[i * step] }
    // Equal ones in their order, so that nothing is left to the sorting.
    order.sort {
      elements[$0] != elements[$1] ? elements[$0] > elements[$1] : $0 < $1
    }
    var (sum, sums): (Float, Float) = (0, 0)
    count = 0
    for (place, index) in order.enumerated() {
      sum += elements[index]
      guard elements[index] * Float(place + 1) > sum - 1 else { break }
      sums += sum
      count += 1
    }
    threshold = count > 0 ? (sums - 1) / Float(count) : 0
  }
}
