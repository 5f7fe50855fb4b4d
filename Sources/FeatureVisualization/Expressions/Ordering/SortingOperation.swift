/// The elements along an axis in ascending order. Gradients go back to where elements came from.
struct SortingOperation: TensorOperation {
  let axis: Int
  /// Whether elements are compared by |x|.
  let comparesMagnitudes: Bool

  var name: String { "sorting along axis \(axis)" }

  func couplesPictures(_ operands: [Bool]) -> Bool { operands[0] && axis == 0 }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let lines = AxisLines(operands[0], along: try operands[0].position(ofAxis: axis))
    return OperationPlan(
      shape: operands[0],
      kernel: SortingKernel(
        lines: lines, count: operands[0].count, comparesMagnitudes: comparesMagnitudes))
  }
}

struct SortingKernel: TensorKernel {
  let lines: AxisLines
  let count: Int
  let comparesMagnitudes: Bool

  /// The position along the axis that each element came from.
  var stateCount: Int { count }

  func compute(_ memory: KernelMemory) {
    let (extent, step) = (lines.extent, lines.inner)
    let origins = memory.state.assumingMemoryBound(to: UInt32.self)
    lines.visit { first in
      let (x, y, origins) = (memory.operand(0) + first, memory.result + first, origins + first)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * extent) { keys in
        // The position makes keys differ: equal elements keep their order.
        for i in 0..<extent { keys[i] = UInt64(key(x[i * step])) << 32 | UInt64(i) }
        sort(keys, extent)
        for i in 0..<extent {
          let origin = UInt32(truncatingIfNeeded: keys[i])
          origins[i * step] = origin
          y[i * step] = x[Int(origin) * step]
        }
      }
    }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let (extent, step) = (lines.extent, lines.inner)
    let origins = memory.state.assumingMemoryBound(to: UInt32.self)
    lines.visit { first in
      let (g, gradient, origins) = (
        memory.resultGradient + first, gradient + first, origins + first
      )
      for i in 0..<extent { gradient[Int(origins[i * step]) * step] += g[i * step] }
    }
  }

  /// Bits that are ordered as numbers are, NaN beyond them.
  private func key(_ x: Float) -> UInt32 {
    let bits = (comparesMagnitudes ? x.magnitude : x).bitPattern
    return bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
  }

  /// Sorts the first half by the upper 32 bits, byte by byte; the second half is room.
  private func sort(_ keys: UnsafeMutableBufferPointer<UInt64>, _ count: Int) {
    guard let base = keys.baseAddress else { return }
    var (source, target) = (base, base + count)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
      for shift in stride(from: 32, to: 64, by: 8) {
        starts.update(repeating: 0)
        for i in 0..<count { starts[Int(source[i] >> UInt64(shift) & 0xFF)] += 1 }
        var total = 0
        for digit in 0..<256 {
          (starts[digit], total) = (total, total + starts[digit])
        }
        for i in 0..<count {
          let digit = Int(source[i] >> UInt64(shift) & 0xFF)
          target[starts[digit]] = source[i]
          starts[digit] += 1
        }
        swap(&source, &target)
      }
    }
  }
}
