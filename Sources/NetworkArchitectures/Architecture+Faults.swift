internal import NetworkFormats

extension Architecture {
  /// Whether all weights are there, and of the right shape but for the units of the last layer.
  func holds(_ names: WeightNames, behind prefix: String, _ requirements: [WeightRequirement])
    -> Bool
  {
    var weights = MatchedWeights(names, prefix: prefix, otherName: otherName)
    // Most are told apart by their first weight.
    guard let first = requirements.first, weights.shape(of: first.name) == first.shape else {
      return false
    }
    weights.findLastLayer(lastLayer.map(\.name))
    return requirements.allSatisfy { weights.shape(of: $0.name)?.count == $0.shape.count }
  }

  /// The weights behind a prefix with all their faults; names behind one of `others` are none of them.
  func match(_ names: WeightNames, behind prefix: String, butFor others: [String]) -> WeightMatch {
    var weights = MatchedWeights(names, prefix: prefix, otherName: otherName)
    weights.findLastLayer(lastLayer.map(\.name))
    let count = classCount(of: weights) ?? classCount
    let requirements = requirements(classCount: count)
    var faults: [WeightFault] = []
    for requirement in requirements {
      if let shape = weights.shape(of: requirement.name) {
        if shape != requirement.shape {
          faults.append(.shape(requirement.name, expected: requirement.shape, actual: shape))
        } else if let type = weights.elementType(of: requirement.name), !type.isFloatingPoint {
          faults.append(.elementType(requirement.name, type))
        }
      } else {
        faults.append(.missing(requirement.name))
      }
    }
    let known = Set(requirements.compactMap { weights.sourceName(of: $0.name) })
    let further = others.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
    let unknown = weights.names.filter { name in
      guard let source = weights.sourceName(of: name) else { return false }
      return !known.contains(source) && !isTrainingOnly(name)
        && !further.contains { name.hasPrefix($0) }
    }
    // Where something is wrong anyway, everything that is strange may tell why.
    let strange = faults.isEmpty ? unknown.filter(Self.isTrained) : unknown
    faults += strange.map { .unexpected($0) }
    return WeightMatch(
      weights: weights, classCount: count, faults: faults, unread: faults.isEmpty ? unknown : [])
  }

  /// The weights whose shape follows from the number of classes, with the axis that does.
  private var lastLayer: [(name: String, shape: [Int], axis: Int)] {
    zip(requirements, requirements(classCount: classCount + 1)).compactMap { one, more in
      zip(one.shape, more.shape).enumerated().first { $0.element.0 != $0.element.1 }
        .map { (one.name, one.shape, $0.offset) }
    }
  }

  /// The units that the last layer has in the file; `nil` where it does not say, or contradicts itself.
  private func classCount(of weights: MatchedWeights) -> Int? {
    var counts: Set<Int> = []
    for (name, published, axis) in lastLayer {
      guard let shape = weights.shape(of: name), shape.count == published.count,
        shape.indices.allSatisfy({ $0 == axis || shape[$0] == published[$0] }), shape[axis] > 0
      else { return nil }
      counts.insert(shape[axis])
    }
    return counts.count == 1 ? counts.first : nil
  }

  private func isTrainingOnly(_ name: String) -> Bool {
    name.hasSuffix("num_batches_tracked") || trainingOnly.contains { name.hasPrefix($0) }
  }

  /// Whether a tensor is called as layers call what they compute with: a network that has more of these is another one.
  private static func isTrained(_ name: String) -> Bool {
    let last = name.split { $0 == "." || $0 == "/" }.last.map(String.init) ?? name
    return computed.contains(last) || computedEndings.contains { last.hasSuffix($0) }
  }

  private static let computed: Set = [
    "weight", "bias", "running_mean", "running_var", "weight_g", "weight_v", "weight_orig",
    "kernel",
    "depthwise_kernel", "pointwise_kernel", "recurrent_kernel", "gamma", "beta", "moving_mean",
    "moving_variance", "layer_scale", "scale",
  ]
  private static let computedEndings = ["_weight", "_bias", "_token", "_embed", "_embedding"]
}
