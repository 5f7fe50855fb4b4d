import ConvolutionalNetworks
import Foundation

/// `eˣ / Σ eˣ` along one axis, and what follows from it.
struct Softmax {
  /// `eˣ / Σ eˣ`.
  let probabilities: DoubleTensor
  /// `x − ln Σ eˣ`.
  let logarithms: DoubleTensor
  private let axis: Int

  init(of x: DoubleTensor, axis: Int) throws(ShapeError) {
    self.axis = try normalizedAxis(axis, rank: x.rank)
    var logarithms = x
    var probabilities = x
    Self.forEachLine(of: x.shape, self.axis) { line in
      // Shifted by the largest, so that no exponential overflows.
      let largest = line.reduce(-Double.infinity) { max($0, x.elements[$1]) }
      let sum = line.reduce(0) { $0 + exp(x.elements[$1] - largest) }
      for offset in line {
        probabilities.elements[offset] = exp(x.elements[offset] - largest) / sum
        logarithms.elements[offset] -= largest + log(sum)
      }
    }
    self.logarithms = logarithms
    self.probabilities = probabilities
  }

  /// `p · (g − Σ g · p)`.
  func pullBack(_ gradient: DoubleTensor) -> DoubleTensor {
    var result = gradient
    Self.forEachLine(of: gradient.shape, axis) { line in
      let mean = line.reduce(0) { $0 + gradient.elements[$1] * probabilities.elements[$1] }
      for i in line {
        result.elements[i] = probabilities.elements[i] * (gradient.elements[i] - mean)
      }
    }
    return result
  }

  /// `g − p · Σ g`.
  func pullBackLogarithms(_ gradient: DoubleTensor) -> DoubleTensor {
    var result = gradient
    Self.forEachLine(of: gradient.shape, axis) { line in
      let sum = line.reduce(0) { $0 + gradient.elements[$1] }
      for i in line { result.elements[i] -= probabilities.elements[i] * sum }
    }
    return result
  }

  /// Calls `body` with the offsets of the elements of each line along `axis`.
  private static func forEachLine(
    of shape: [Int], _ axis: Int, _ body: (StrideTo<Int>) -> Void
  ) {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    for block in 0..<outer {
      let start = block * shape[axis] * inner
      for i in 0..<inner {
        body(stride(from: start + i, to: start + shape[axis] * inner, by: inner))
      }
    }
  }
}
