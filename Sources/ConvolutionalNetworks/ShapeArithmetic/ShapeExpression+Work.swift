import Synchronization

extension ShapeExpression {
  /// How many numbers arithmetic on shapes has made: a file may describe more of it than anyone could wait for.
  final class Work: Sendable {
    private let made = Atomic(0)

    /// The most numbers that the shape arithmetic of a network may make for one set of input sizes.
    private static let most = 1 << 25

    /// Counts numbers before they are made.
    ///
    /// - Throws: `ShapeError` where they are too many by now.
    func count(_ numbers: Int) throws(ShapeError) {
      let count = min(numbers, Self.most) + 1
      guard made.wrappingAdd(count, ordering: .relaxed).newValue <= Self.most else {
        throw ShapeError("shape arithmetic makes more than \(Self.most) numbers")
      }
    }
  }
}
