/// How far pictures are from one another in the features of a judge.
public enum FeatureDistance {
  /// `1 − cos(a, b)`, 0 for the same direction and 1 for features that have nothing in common; `nil` where one of them is 0
  /// everywhere, or they are not as many.
  public static func between(_ a: [Float], _ b: [Float]) -> Float? {
    guard a.count == b.count else { return nil }
    var (product, left, right) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += Double(x) * Double(y)
      left += Double(x) * Double(x)
      right += Double(y) * Double(y)
    }
    let length = (left * right).squareRoot()
    return length > 0 && length.isFinite ? Float(1 - product / length) : nil
  }

  /// The mean distance of all pairs, which is how much pictures of one class differ; `nil` of fewer than two.
  ///
  /// - Complexity: O(n²) distances.
  public static func meanOfPairs(_ features: [[Float]]) -> Float? {
    var (sum, count) = (0.0, 0)
    for (index, one) in features.enumerated() {
      for other in features[..<index] {
        guard let distance = between(one, other) else { continue }
        sum += Double(distance)
        count += 1
      }
    }
    return count > 0 ? Float(sum / Double(count)) : nil
  }
}
