import FeatureVisualization

/// Where a walk back from an objective starts: the layers that it looks at, and how it changes with each.
struct ObjectiveStart {
  /// The values that it looks at.
  let values: [String]
  private let layers: [LayerID]
  /// The terms, with what they name by label looked up, and the value that each subject is.
  private var terms: [(loss: any Loss, weight: Float, places: [Int])] = []

  /// - Throws: `VisualizationError.incompatible` for an objective that looks at something besides layers.
  init(_ question: AttributionQuestion, for method: String) throws(VisualizationError) {
    var (layers, values): ([LayerID], [String]) = ([], [])
    for term in question.objective.terms where term.role == .objective {
      // Labels of units name none of the layers: subjects are the same once they are looked up.
      let loss: any Loss
      do { loss = try term.loss.resolved(in: question.network) } catch {
        throw .from(error, of: term.loss)
      }
      var places: [Int] = []
      for subject in loss.subjects {
        guard case .layer(let layer) = subject.source else {
          throw .incompatible(
            method, term.name,
            reason: "it looks at \(subject), and propagation starts from layers alone")
        }
        let value = try question.network.value(of: layer)
        if !values.contains(value) {
          layers.append(layer)
          values.append(value)
        }
        places.append(values.firstIndex(of: value) ?? 0)
      }
      terms.append((loss, term.weight.value(at: Self.moment), places))
    }
    guard !values.isEmpty else {
      throw .incompatible(method, "the objective", reason: "it looks at no layer")
    }
    (self.layers, self.values) = (layers, values)
  }

  /// Attribution asks about one picture, at no step of a run.
  private static let moment = Moment(iteration: 0, of: 1)

  /// How the objective changes with each value where the others are held, in logical order.
  ///
  /// - Parameter outputs: the values at the picture, in logical order.
  func gradients(
    of question: AttributionQuestion, at picture: Tensor, _ outputs: (String) -> Tensor
  ) throws(VisualizationError) -> [String: Tensor] {
    let evaluation = try question.evaluateModified(at: picture, gradientsAt: layers, by: nil)
    let found = evaluation.layers.map(\.activations)
    var gradients: [String: Tensor] = [:]
    for (loss, weight, places) in terms {
      let own: [Tensor]
      do {
        own = try loss.gradients(
          at: places.map { found[$0] }, scales: [-weight], moment: Self.moment)
      } catch { throw .from(error, of: loss) }
      for (place, gradient) in zip(places, own) {
        let logical = gradient.inLogicalOrder(like: outputs(values[place]), where: found[place])
        gradients[values[place]] =
          try gradients[values[place]]?.combined(with: logical, +) ?? logical
      }
    }
    return gradients
  }
}

extension Tensor {
  /// A tensor that lies as `presented` does, in the order of `logical`, which holds the same numbers in logical order.
  ///
  /// Shapes alone do not tell of a map as high and wide as it has channels.
  func inLogicalOrder(like logical: Tensor, where presented: Tensor) -> Tensor {
    let rank = logical.rank
    guard rank > 2 else { return reshaped(to: logical.shape) }
    let turned = [0, rank - 1] + Array(1..<rank - 1)
    let mayBeTurned = turned.map { presented.shape[$0] } == logical.shape
    guard mayBeTurned else { return reshaped(to: logical.shape) }
    guard presented.shape == logical.shape else { return transposed(turned) }
    let isTurned =
      presented.transposed(turned).distance(to: logical) < presented.distance(to: logical)
    return isTurned ? transposed(turned) : self
  }

  private func distance(to other: Tensor) -> Double {
    var sum = 0.0
    let (elements, others) = (span, other.span)
    for index in elements.indices { sum += Double(abs(elements[index] - others[index])) }
    return sum
  }
}
