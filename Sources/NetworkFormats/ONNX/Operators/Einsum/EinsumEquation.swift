/// An equation of Einsum, taken apart: `bij,bjk->bik` is a product of matrices
/// (https://onnx.ai/onnx/operators/onnx__Einsum.html).
struct EinsumEquation: Equatable {
  /// What an axis is called, in all operands that have it.
  enum Axis: Hashable {
    case letter(Character)
    /// An axis that an ellipsis stands for, counted from the last of them, as broadcasting does.
    case broadcast(Int)
  }

  /// The axes of each operand; a letter that an operand repeats means its diagonal.
  let operands: [[Axis]]
  /// The axes of the result. Products are summed over all others.
  let output: [Axis]

  /// Reads an equation for operands of these numbers of axes.
  init(_ equation: String, ranks: [Int]) throws(ONNXError.Problem) {
    func fault(_ reason: String) -> ONNXError.Problem {
      .invalidAttribute("equation", reason: "'\(equation)': \(reason)")
    }
    let text = equation.filter { $0 != " " }
    let sides = text.split(separator: "->", omittingEmptySubsequences: false)
    guard sides.count <= 2 else { throw fault("it has more than one arrow") }
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == ranks.count else {
      throw fault("it is one of \(terms.count) operands, and the node has \(ranks.count)")
    }
    var operands: [[Axis]] = []
    for (term, rank) in zip(terms, ranks) {
      guard let subscripts = Subscripts(term) else { throw fault("'\(term)' is not understood") }
      let width = rank - subscripts.letterCount
      guard width >= 0, width == 0 || subscripts.hasEllipsis else {
        throw fault("'\(term)' is an operand of \(rank) axes")
      }
      operands.append(subscripts.axes(broadcastCount: width))
    }
    self.operands = operands
    let axes = operands.joined()
    let width = axes.reduce(0) {
      if case .broadcast(let place) = $1 { max($0, place + 1) } else { $0 }
    }
    guard sides.count == 2 else {
      output = Self.implicitOutput(axes.map(\.self), broadcastCount: width)
      return
    }
    guard let subscripts = Subscripts(sides[1]) else {
      throw fault("'\(sides[1])' is not understood")
    }
    guard width == 0 || subscripts.hasEllipsis else {
      throw fault("the result has no ellipsis, and an operand has")
    }
    output = subscripts.axes(broadcastCount: width)
    guard Set(output).count == output.count, Set(output).isSubset(of: axes) else {
      throw fault("each axis of the result must be one of the operands', and stand there once")
    }
  }

  /// Where nothing is said: what an ellipsis stands for, and every letter that appears once, in order.
  private static func implicitOutput(_ axes: [Axis], broadcastCount: Int) -> [Axis] {
    var counts: [Character: Int] = [:]
    for case .letter(let letter) in axes { counts[letter, default: 0] += 1 }
    let single = counts.filter { $0.value == 1 }.keys.sorted()
    return (0..<broadcastCount).reversed().map(Axis.broadcast) + single.map(Axis.letter)
  }
}

/// What an equation writes for one operand: letters, and perhaps an ellipsis among them.
private struct Subscripts {
  private let before: [Character]
  private let behind: [Character]
  let hasEllipsis: Bool

  init?(_ text: Substring) {
    let parts = text.split(separator: "...", omittingEmptySubsequences: false)
    let areLetters = parts.joined().allSatisfy { $0.isASCII && $0.isLetter }
    guard parts.count <= 2, areLetters else { return nil }
    before = Array(parts[0])
    behind = parts.count == 2 ? Array(parts[1]) : []
    hasEllipsis = parts.count == 2
  }

  var letterCount: Int { before.count + behind.count }

  func axes(broadcastCount: Int) -> [EinsumEquation.Axis] {
    let ellipsis =
      hasEllipsis ? (0..<broadcastCount).reversed().map(EinsumEquation.Axis.broadcast) : []
    return before.map(EinsumEquation.Axis.letter) + ellipsis
      + behind.map(EinsumEquation.Axis.letter)
  }
}
