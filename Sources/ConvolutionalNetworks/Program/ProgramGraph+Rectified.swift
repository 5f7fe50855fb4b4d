extension ProgramGraph {
  /// The values through which no gradient passes where they are 0, since a rectifier or a view of one makes them:
  /// whatever arrives there may as well be 0.
  ///
  /// It holds where gradients pass the rectifier the ordinary way alone.
  var valuesClosedAtZero: Set<String> {
    var closed: Set<String> = []
    for node in nodes {
      let closes =
        switch node.operation {
        case is any ViewOperation: node.inputs.first.map(closed.contains) ?? false
        case let activation as Activation:
          node.rule.isOrdinary && activation.function.closesAtZero
        default: node.epilogue.closesAtZero
        }
      if closes { closed.formUnion(node.outputs) }
    }
    return closed
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
