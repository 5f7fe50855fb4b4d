/// The letters of an equation such as `abc,cde->abde`: which axes of two operands are summed, and which make the result.
struct EinsumEquation {
  let left: [Character]
  let right: [Character]
  let result: [Character]

  /// - Parameters:
  ///   - ranks: the numbers of axes of both operands, which tell what `...` stands for.
  ///   - text: the equation; `nil` is made of anything that is no equation of two operands.
  init?(_ text: String, ranks: (left: Int, right: Int)) {
    let sides = text.filter { $0 != " " }.replacing("->", with: ">").split(
      separator: ">", omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    let operands = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    guard operands.count == 2 else { return nil }
    let widest = zip(operands, [ranks.left, ranks.right]).map { operand, rank in
      operand.contains("...") ? rank - (operand.count - 3) : 0
    }
    guard widest.allSatisfy({ (0...10).contains($0) }), widest.filter({ $0 > 0 }).count <= 1 else {
      return nil
    }
    // Axes without letters get digits.
    let others = String("0123456789".prefix(widest.max() ?? 0))
    func letters(_ part: Substring) -> [Character] {
      Array(String(part).replacing("...", with: others))
    }
    left = letters(operands[0])
    right = letters(operands[1])
    result = letters(sides[1])
    guard left.count == ranks.left, right.count == ranks.right,
      Set(left).count == left.count, Set(right).count == right.count,
      Set(result).count == result.count,
      result.allSatisfy({ left.contains($0) || right.contains($0) })
    else { return nil }
  }

  /// The letters of both operands that the result has, in its order.
  var batch: [Character] { result.filter { left.contains($0) && right.contains($0) } }
  /// The letters of both operands that the result has not.
  var summed: [Character] { left.filter { right.contains($0) && !result.contains($0) } }
  /// The letters of the left operand alone, in the result's order.
  var rows: [Character] { result.filter { left.contains($0) && !right.contains($0) } }
  /// The letters of the right operand alone, in the result's order.
  var columns: [Character] { result.filter { right.contains($0) && !left.contains($0) } }
  /// Whether each letter of an operand is summed with the other's or stands in the result.
  var isProduct: Bool {
    left.allSatisfy { right.contains($0) || result.contains($0) }
      && right.allSatisfy { left.contains($0) || result.contains($0) }
  }
}
