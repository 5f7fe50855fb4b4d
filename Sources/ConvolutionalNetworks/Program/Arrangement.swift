/// How a value lies in memory.
package enum Arrangement: Sendable, Hashable {
  /// In the logical axis order of the network.
  case logical
  /// A feature map of a channels-first network, its channel axis moved to the end.
  case channelsLast

  /// The logical axes in the order in which they lie in memory.
  package func permutation(rank: Int) -> [Int] {
    switch self {
    case .logical: Array(0..<rank)
    case .channelsLast: [0] + Array(2..<rank) + [1]
    }
  }

  /// The shape in memory of a value of logical shape `shape`.
  package func place(_ shape: [Int]) -> [Int] {
    permutation(rank: shape.count).map { shape[$0] }
  }

  /// The axis in memory of a logical axis.
  package func place(axis: Int, rank: Int) -> Int {
    permutation(rank: rank).firstIndex(of: axis) ?? axis
  }
}

/// What an operation demands of the arrangement of its inputs, and gives its outputs.
package enum ArrangementRule: Sendable {
  /// Feature maps with channels last: convolution, pooling.
  case channelsLast
  /// Whatever the inputs have, the same for all: elementwise operations and those that can map their axes.
  case following
  /// The logical order: operations that regroup elements, such as Reshape.
  case logical
}
