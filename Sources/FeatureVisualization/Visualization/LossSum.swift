/// A weighted sum of losses, bound to the taps of a program and to the pictures.
struct LossSum {
  /// The losses with names made unique.
  let terms: [(name: String, weighted: WeightedLoss)]
  /// The layers they look at, each once: the taps of the program.
  let layers: [LayerID]
  /// The same with the units and positions that are read of them.
  let taps: [TapRequest]

  init(_ losses: [WeightedLoss]) {
    var names: [String: Int] = [:]
    terms = losses.map { weighted in
      let count = names[weighted.loss.name, default: 0] + 1
      names[weighted.loss.name] = count
      return (count == 1 ? weighted.loss.name : "\(weighted.loss.name) \(count)", weighted)
    }
    var layers: [LayerID] = []
    for subject in losses.flatMap(\.loss.subjects) {
      if case .layer(let layer) = subject, !layers.contains(layer) { layers.append(layer) }
    }
    self.layers = layers
    taps = layers.map { layer in
      let readers = losses.map(\.loss).filter { $0.subjects.contains(.layer(layer)) }
      let units = readers.map(\.unitsRead)
      let positions = readers.map(\.positionsRead)
      return TapRequest(
        layer, units: units.contains(nil) ? nil : Set(units.flatMap { $0 ?? [] }).sorted(),
        positions: positions.contains(nil) ? nil : positions.flatMap { $0 ?? [] })
    }
  }

  /// The same sum for some pictures of the batch, where every loss has an answer.
  func selecting(_ pictures: [Int]) -> LossSum? {
    let selected = terms.compactMap { $0.weighted.selecting(pictures) }
    return selected.count == terms.count ? LossSum(selected) : nil
  }

  /// Whether a loss looks at the picture itself.
  var looksAtPicture: Bool {
    terms.contains { term in
      term.weighted.loss.subjects.contains { if case .picture = $0 { true } else { false } }
    }
  }

  /// Whether a regularizer looks at a layer: its gradient has to come back through the network, too.
  var regularizesLayers: Bool {
    terms.contains { term in
      term.weighted.loss is any Regularizer
        && term.weighted.loss.subjects.contains { if case .layer = $0 { true } else { false } }
    }
  }

  /// Refuses shapes that a loss cannot work on, and layers whose rows are no pictures.
  func validate(_ program: Program, pictures shape: [Int]) throws(VisualizationError) {
    for tap in program.taps where tap.wholeShape.first != shape[0] {
      throw .rowsAreNoPictures(layer: tap.layer, shape: tap.wholeShape, pictures: shape[0])
    }
    for term in terms {
      guard term.weighted.weight.isFinite else {
        throw .invalidArgument(term.name, "a weight of \(term.weighted.weight)")
      }
      try term.weighted.loss.validate(
        term.weighted.loss.subjects.map { subject in
          switch subject {
          case .layer(let layer):
            program.taps[layers.firstIndex(of: layer) ?? 0].wholeShape
          case .picture: shape
          }
        })
    }
  }

  /// Evaluates either the regularizers or the rest, and adds the gradients of what is raised, minus the weighted sum of
  /// the losses, to the taps and the pictures.
  ///
  /// - Returns: the values of each term evaluated, by its position, one for each picture.
  /// - Throws: `VisualizationError.brokenRule` where a loss gives another number of values.
  func evaluate(
    regularizers: Bool, _ feed: PictureFeed, pictures: PictureTensors
  ) throws(VisualizationError) -> [Int: [Float]] {
    var values: [Int: [Float]] = [:]
    for (position, term) in terms.enumerated() {
      let loss = term.weighted.loss
      guard (loss is any Regularizer) == regularizers else { continue }
      let tensors = loss.subjects.map { subject in
        switch subject {
        case .layer(let layer): feed.tensor(ofTap: layers.firstIndex(of: layer) ?? 0)
        case .picture(let space): pictures.tensor(in: space)
        }
      }
      let found = loss.evaluate(tensors, scale: -term.weighted.weight)
      guard found.count == feed.count else {
        throw .brokenRule(
          type: "\(type(of: loss))",
          rule:
            "evaluate(_:scale:) gives a value for each picture, \(feed.count), not \(found.count)")
      }
      values[position] = found
    }
    feed.drainGradients()
    return values
  }
}
