/// What a selection takes along an axis.
enum AxisPart: Sendable, Hashable {
  /// These elements, in this order.
  case indices([Int])
  /// One element, without the axis.
  case element(Int)
  /// From one element up to another; below 0 counted from the end, `Int.min` and `Int.max` for none.
  case range(Int, Int)

  /// The elements of an axis of some extent.
  func indices(extent: Int) throws(ExpressionError) -> [Int] {
    switch self {
    case .indices(let indices): return indices
    case .element(let index): return [index]
    case .range(let lower, let upper):
      let start = lower == .min ? 0 : lower < 0 ? extent + lower : lower
      let end = upper == .max ? extent : upper < 0 ? extent + upper : upper
      guard start >= 0, start < end, end <= extent else {
        throw ExpressionError("\(self) is no part of an extent of \(extent)")
      }
      return Array(start..<end)
    }
  }
}

extension AxisPart: CustomStringConvertible {
  var description: String {
    switch self {
    case .indices(let indices): "\(indices)"
    case .element(let index): "\(index)"
    case .range(let lower, let upper):
      "\(lower == .min ? "" : "\(lower)")..<\(upper == .max ? "" : "\(upper)")"
    }
  }
}

/// A part of a tensor along an axis.
struct SelectionOperation: TensorOperation {
  let axis: Int
  let part: AxisPart

  var name: String { "selection of \(part) along axis \(axis)" }

  // A part of the pictures is the same for each of them.
  func isPerPicture(_ operands: [Bool]) -> Bool { operands[0] && axis != 0 }
  func couplesPictures(_ operands: [Bool]) -> Bool { operands[0] && axis == 0 }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let shape = operands[0]
    let position = try shape.position(ofAxis: axis)
    let lines = AxisLines(shape, along: position)
    let indices: [Int]
    do throws(ExpressionError) { indices = try part.indices(extent: lines.extent) } catch {
      throw ExpressionError(error.rule, operands)
    }
    for index in indices where !(0..<lines.extent).contains(index) {
      throw ExpressionError("the axis has 0 to \(lines.extent - 1), not \(index)", operands)
    }
    var extent: Int? = indices.count
    if case .element = part { extent = nil }
    return OperationPlan(
      shape: shape.replacing(position, with: extent),
      kernel: SelectionKernel(lines: lines, indices: indices))
  }
}

struct SelectionKernel: TensorKernel {
  let lines: AxisLines
  let indices: [Int]

  func compute(_ memory: KernelMemory) {
    let (x, y) = (memory.operand(0), memory.result)
    visit { (y + $0).update(from: x + $1, count: lines.inner) }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let g = memory.resultGradient
    visit {
      let (g, gradient) = (g + $0, gradient + $1)
      for i in 0..<lines.inner { gradient[i] += g[i] }
    }
  }

  /// Calls `body` with the place of each selected stretch in the result and in the operand.
  @inline(__always)
  private func visit(_ body: (_ result: Int, _ operand: Int) -> Void) {
    var result = 0
    for before in 0..<lines.outer {
      for index in indices {
        body(result, (before * lines.extent + index) * lines.inner)
        result += lines.inner
      }
    }
  }
}
