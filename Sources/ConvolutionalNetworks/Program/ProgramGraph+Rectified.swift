extension ProgramGraph {
  /// Whether no gradient passes a value where it is 0, since a rectifier or a view of one makes it: whatever
  /// arrives there may as well be 0.
  ///
  /// Backprop modifiers may let gradients pass, so that it holds without them alone.
  func closesAtZero(_ value: String) -> Bool {
    guard let node = nodes.first(where: { $0.outputs.contains(value) }) else { return false }
    if node.operation is any ViewOperation { return closesAtZero(node.inputs[0]) }
    if let activation = node.operation as? Activation { return activation.function.closesAtZero }
    return node.epilogue.closesAtZero
  }
}

extension Epilogue {
  /// Whether its activation gives 0 for all that is not positive, with the slope 0, as ReLU and ReLU6 do.
  var closesAtZero: Bool { isActivated && clippedRange?.lowerBound == 0 }
}

extension ActivationFunction {
  /// Whether it gives 0 for all that is not positive, with the slope 0.
  var closesAtZero: Bool { Epilogue.none.followed(by: self)?.closesAtZero ?? false }
}
