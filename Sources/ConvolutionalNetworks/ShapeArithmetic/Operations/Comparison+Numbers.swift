extension Comparison: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    [try operands[0].combined(with: operands[1]) { holds($0, $1) ? 1 : 0 }]
  }

  private func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .and: left != 0 && right != 0
    case .or: left != 0 || right != 0
    case .exclusiveOr: (left != 0) != (right != 0)
    }
  }
}
