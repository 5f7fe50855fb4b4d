public import ConvolutionalNetworks
package import NetworkFormats

/// Weights are found by their names, whatever stands before them: what is told of several is told of their prefixes.
extension Architecture {
  /// Whether weights have the names, shapes and types that the architecture needs.
  ///
  /// Anything may stand before the names of all of them, the last layer may have another number of units, and tensors that
  /// are no weights, such as counters, may stand beside them.
  public func accepts(_ weights: some WeightSource) -> Bool {
    best(of: WeightNames(weights)) != nil
  }

  /// The network with weights that are called as their publisher calls them, whatever stands before their names.
  ///
  /// The last layer has as many units as the file says; labels are left out where these are not the published classes.
  ///
  /// - Throws: `ArchitectureError.weights` with everything that is wrong with names, shapes and types;
  ///   `.file` for a tensor that cannot be read; `.network` for weights that are not finite.
  public func network(weights: some WeightSource) throws(ArchitectureError) -> NeuralNetwork {
    try loaded(weights: weights).network
  }

  /// The network, as `network(weights:)` makes it, with notes of what was decided about the weights.
  package func loaded(weights: some WeightSource) throws(ArchitectureError) -> LoadedNetwork {
    let names = WeightNames(weights)
    guard let match = best(of: names) else {
      throw .weights(file: weights.file, architecture: name, faults: nearest(of: names).faults)
    }
    return try loaded(match, of: weights)
  }

  /// The network of the architecture that weights belong to; `nil` where they belong to none known here.
  ///
  /// - Throws: as `network(weights:)`.
  package static func recognizing(_ weights: some WeightSource) throws(ArchitectureError)
    -> LoadedNetwork?
  {
    let names = WeightNames(weights)
    let requirements = all.map(\.requirements)
    let prefixes = names.prefixes(of: Set(requirements.compactMap(\.first?.name)))
    var best: (architecture: Architecture, match: WeightMatch)?
    for (architecture, requirements) in zip(all, requirements) {
      guard let first = requirements.first, let prefixes = prefixes[first.name],
        let match = architecture.best(of: names, behind: prefixes, requirements)
      else { continue }
      guard let known = best, known.match.precedence <= match.precedence else {
        best = (architecture, match)
        continue
      }
    }
    return try best.map { best throws(ArchitectureError) in
      try best.architecture.loaded(best.match, of: weights)
    }
  }

  private func loaded(_ match: WeightMatch, of weights: some WeightSource)
    throws(ArchitectureError) -> LoadedNetwork
  {
    let content = weights as? StateDictionary
    return LoadedNetwork(
      network: try network(match), warnings: [], notes: match.notes(for: self),
      metadata: content?.metadata ?? [:])
  }

  private func best(of names: WeightNames) -> WeightMatch? {
    let requirements = requirements
    guard let first = requirements.first?.name else { return nil }
    return best(of: names, behind: names.prefixes(of: [first])[first] ?? [], requirements)
  }

  /// The match without faults that goes first.
  private func best(
    of names: WeightNames, behind prefixes: [String], _ requirements: [WeightRequirement]
  ) -> WeightMatch? {
    let fitting = prefixes.filter { holds(names, behind: $0, requirements) }
    var best: WeightMatch?
    for prefix in fitting {
      let others = fitting.filter { $0 != prefix }
      var match = match(names, behind: prefix, butFor: others)
      guard match.faults.isEmpty else { continue }
      match.others = others
      if best.map({ match.precedence < $0.precedence }) ?? true { best = match }
    }
    return best
  }

  /// The match to tell the faults of where there is none without: under the prefix that most names have.
  private func nearest(of names: WeightNames) -> WeightMatch {
    var counts: [String: Int] = [:]
    var order: [String] = []
    let endings = Set(requirements.map(\.name))
    for (_, prefixes) in names.prefixes(of: endings).sorted(by: { $0.key < $1.key }) {
      for prefix in prefixes {
        if counts[prefix] == nil { order.append(prefix) }
        counts[prefix, default: 0] += 1
      }
    }
    let prefix = order.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) }
    return match(names, behind: prefix ?? "", butFor: [])
  }
}

extension WeightMatch {
  fileprivate var precedence: WeightsPrecedence { WeightsPrecedence(ofPrefix: weights.prefix) }
}
