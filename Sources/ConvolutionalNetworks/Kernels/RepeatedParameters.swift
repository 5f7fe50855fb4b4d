/// Parameters of the elements of a value in memory order, shortened to the stretch after which they repeat.
struct RepeatedParameters: Sendable {
  /// The numbers of one stretch.
  let numbers: Tensor

  /// Numbers that broadcast against the logical shape behind `shape`, which is in memory order.
  init(_ parameters: Tensor, shape: [Int], arrangement: Arrangement) {
    guard parameters.count > 1 else {
      numbers = parameters.reshaped(to: [parameters.count])
      return
    }
    let rank = shape.count
    let padded = Array(repeating: 1, count: rank - parameters.rank) + parameters.shape
    let permutation = arrangement.permutation(rank: rank)
    let placed = parameters.reshaped(to: padded).transposed(permutation)
    let first = placed.shape.firstIndex { $0 != 1 } ?? max(rank - 1, 0)
    let period = Array(shape[first...])
    let source = Array(placed.shape[first...])
    numbers = Tensor(shape: period) { target in
      placed.withUnsafeBufferPointer { values in
        for index in target.indices {
          var rest = index
          var offset = 0
          var step = 1
          for axis in period.indices.reversed() {
            if source[axis] != 1 { offset += rest % period[axis] * step }
            rest /= period[axis]
            step *= source[axis]
          }
          target[index] = values[offset]
        }
      }
    }
  }
}
