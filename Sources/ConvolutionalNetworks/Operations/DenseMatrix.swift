/// The weights of a dense layer in the order in which they lie.
///
/// Reading them is what a layer of one row takes its time for, so that they lie as least of them has to be read: an input
/// that is 0 needs none of its weights, and of weights too many for every cache, few bits often tell that a rectifier will
/// close. A network keeps them in that order alone (`Layer.turningDenseWeights`).
struct DenseMatrix: Sendable {
  enum Order {
    /// A line for each unit.
    case byUnits
    /// A line for each unit, split into parts: see `SplitLines`.
    case byUnitsSplit
    /// A line for each input.
    case byInputs
  }

  /// The memory of a line for each unit, or else for each input.
  let lines: Tensor
  let order: Order

  /// Weights of shape `[units, inputs]`: split, if there are very many and that is faster, where they are unless somebody
  /// else holds them.
  init(_ weights: consuming Tensor) {
    if SplitLines.areFaster, weights.count > Self.mostWhole, weights.rank == 2,
      SplitLines.canSplit(weights)
    {
      self.init(splitting: weights)
    } else {
      self.init(lines: weights, order: .byUnits)
    }
  }

  /// Split weights.
  ///
  /// - Precondition: `SplitLines.canSplit(weights)`.
  init(splitting weights: consuming Tensor) {
    SplitLines.split(&weights)
    self.init(lines: weights, order: .byUnitsSplit)
  }

  private init(lines: Tensor, order: Order) {
    (self.lines, self.order) = (lines, order)
  }

  /// The most weights that are never split: 64 MiB, which caches hold a good part of.
  static let mostWhole = 1 << 24

  var liesByInputs: Bool { order == .byInputs }

  /// `[units, inputs]`.
  var shape: [Int] { liesByInputs ? lines.shape.reversed() : lines.shape }

  /// The weights in the shape `[units, inputs]`: a copy where they lie otherwise, shared while anybody holds it.
  var weights: Tensor {
    switch order {
    case .byUnits: lines
    case .byUnitsSplit: joined
    case .byInputs: turned(lines)
    }
  }

  /// The same weights by inputs; layers that share weights share these.
  var byInputs: DenseMatrix {
    liesByInputs || lines.rank != 2 ? self : DenseMatrix(lines: turned(weights), order: .byInputs)
  }

  /// The weights of some units, by units.
  func selecting(_ units: [Int]) -> Tensor {
    switch order {
    case .byUnits: return lines.selectingRows(units)
    case .byUnitsSplit: return SplitLines.joining(units, of: lines)
    case .byInputs:
      let (inputs, step) = (lines.shape[0], lines.shape[1])
      return Tensor(shape: [units.count, inputs]) { target in
        lines.withUnsafeBufferPointer { source in
          for input in 0..<inputs {
            for (row, unit) in units.enumerated() {
              target[row * inputs + input] = source[input * step + unit]
            }
          }
        }
      }
    }
  }

  /// Calls `body` with the weights of a line, be it of a unit or of an input.
  func withLine(_ line: Int, _ body: (UnsafePointer<Float>) -> Void) {
    let width = lines.shape[1]
    guard order == .byUnitsSplit else { return body(lines.unsafeElements + line * width) }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { joined in
      guard let start = joined.baseAddress else { return }
      SplitLines.join(0..<width, ofLine: line, lines, into: start)
      body(start)
    }
  }

  private func turned(_ lines: Tensor) -> Tensor {
    lines.derived(DerivedKey(name: "turned", shape: lines.shape, scale: nil)) {
      lines.transposed([1, 0])
    }.reshaped(to: lines.shape.reversed())
  }

  private var joined: Tensor {
    lines.derived(DerivedKey(name: "joined", shape: lines.shape, scale: nil)) {
      SplitLines.joining(Array(0..<lines.shape[0]), of: lines)
    }.reshaped(to: lines.shape)
  }
}
