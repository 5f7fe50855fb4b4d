/// The weights of a dense layer in the order in which they lie.
///
/// An input that is 0 needs none of its weights: where they lie together, they need not be read. A network turns the
/// weights of layers whose inputs often are 0, and keeps them in that order alone (`Layer.turningDenseWeights`).
struct DenseMatrix: Sendable {
  /// A line for each unit, or else for each input.
  let lines: Tensor
  /// Whether a line holds the weights of an input.
  let liesByInputs: Bool

  /// Weights of shape `[units, inputs]`, as they are.
  init(_ weights: Tensor) { self.init(lines: weights, liesByInputs: false) }

  private init(lines: Tensor, liesByInputs: Bool) {
    (self.lines, self.liesByInputs) = (lines, liesByInputs)
  }

  /// `[units, inputs]`.
  var shape: [Int] { liesByInputs ? lines.shape.reversed() : lines.shape }

  /// The weights in the shape `[units, inputs]`: a copy where they lie by inputs, shared while anybody holds it.
  var weights: Tensor { liesByInputs ? turned : lines }

  /// The same weights by inputs; layers that share weights share these.
  var byInputs: DenseMatrix {
    liesByInputs || lines.rank != 2 ? self : DenseMatrix(lines: turned, liesByInputs: true)
  }

  /// The weights of some units, by units.
  func selecting(_ units: [Int]) -> Tensor {
    guard liesByInputs else { return lines.selectingRows(units) }
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

  private var turned: Tensor {
    lines.derived(DerivedKey(name: "turned", shape: lines.shape, scale: nil)) {
      lines.transposed([1, 0])
    }.reshaped(to: lines.shape.reversed())
  }
}
