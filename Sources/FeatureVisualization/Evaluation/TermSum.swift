/// The terms of an objective, resolved in a network, with names made unique.
struct TermSum {
  /// The terms in the order in which they were written.
  let terms: [Objective.Term]
  /// A number that the objective has beside them.
  let constant: Schedule

  /// The terms of `objective` with what they name by label looked up.
  ///
  /// - Throws: `VisualizationError` where the network does not know a name.
  init(_ objective: Objective, in network: NeuralNetwork) throws(VisualizationError) {
    var terms: [Objective.Term] = []
    for term in objective.terms {
      var term = term
      let loss = term.loss
      term.loss = try VisualizationError.naming(loss) { try loss.resolved(in: network) }
      terms.append(term)
    }
    self.init(terms, constant: objective.constant)
  }

  private init(_ terms: [Objective.Term], constant: Schedule) {
    var names: [String: Int] = [:]
    self.terms = terms.map { term in
      var term = term
      let count = names[term.name, default: 0] + 1
      names[term.name] = count
      if count > 1 { term.name = "\(term.name) \(count)" }
      return term
    }
    self.constant = constant
  }

  /// The same sum for some pictures of the batch, which may repeat; `nil` where a loss has no answer.
  func selecting(_ pictures: [Int]) -> TermSum? {
    var result = terms
    for index in terms.indices {
      guard let loss = terms[index].loss.selecting(pictures) else { return nil }
      result[index].loss = loss
    }
    return TermSum(result, constant: constant)
  }

  /// Some of the terms, and no number beside them.
  func keeping(_ isKept: (Objective.Term) -> Bool) -> TermSum {
    TermSum(terms.filter(isKept), constant: 0)
  }

  /// The same number beside other terms.
  func replacing(_ terms: [Objective.Term]) -> TermSum { TermSum(terms, constant: constant) }

  /// Whether the value of a picture depends on others.
  var couplesPictures: Bool { terms.contains { $0.loss.couplesPictures } }

  /// What all terms look at.
  var subjects: [LossSubject] { terms.flatMap(\.loss.subjects) }

  /// The layers that are looked at, each once, with the units and positions that are read of them.
  var taps: [TapRequest] {
    Self.taps(
      subjects.compactMap { subject in
        if case .layer(let layer) = subject.source { (layer, subject) } else { nil }
      })
  }

  /// The layers that are looked at of each reference picture.
  var references: [(picture: ReferencePicture, taps: [TapRequest])] {
    var pictures: [ReferencePicture] = []
    for case .reference(let picture, _) in subjects.map(\.source) where !pictures.contains(picture)
    {
      pictures.append(picture)
    }
    return pictures.map { picture in
      let read = subjects.compactMap { subject -> (LayerID, LossSubject)? in
        guard case .reference(picture, let layer) = subject.source else { return nil }
        return (layer, subject)
      }
      return (picture, Self.taps(read))
    }
  }

  private static func taps(_ read: [(layer: LayerID, subject: LossSubject)]) -> [TapRequest] {
    var layers: [LayerID] = []
    for (layer, _) in read where !layers.contains(layer) { layers.append(layer) }
    return layers.map { layer in
      let readers = read.filter { $0.layer == layer }.map(\.subject)
      let (units, positions) = (readers.map(\.units), readers.map(\.positions))
      return TapRequest(
        layer, units: units.contains(nil) ? nil : Set(units.flatMap { $0 ?? [] }).sorted(),
        positions: positions.contains(nil) ? nil : positions.flatMap { $0 ?? [] })
    }
  }

  /// Minus the weighted values of a picture's terms of a role, and the number that an objective has beside them.
  func sum(_ values: [[Float]], _ picture: Int, _ role: Role, at moment: Moment) -> Float {
    var sum: Float = 0
    for (term, values) in zip(terms, values) where term.role == role {
      sum += term.weight.value(at: moment) * values[picture]
    }
    let constant = role == .objective ? constant.value(at: moment) : 0
    return constant == 0 ? -sum : constant - sum
  }
}
