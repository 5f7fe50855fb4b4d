import ConvolutionalNetworks
import FeatureVisualization
import SilentUnits

extension Visualize {
  /// Searches on for a picture that units respond to, where their recipe left them silent.
  ///
  /// - Parameters:
  ///   - first: what the recipe came to.
  ///   - natural: the folder's pictures, which are started from.
  /// - Returns: `nil` where the units respond, or something else than units is drawn.
  func searchOn(
    _ drawing: Drawing, after first: Visualization, in subject: PictureNetwork,
    _ natural: FolderExamples?
  ) throws -> SilentUnitSearch.Outcome? {
    guard starts > 0, let units = drawing.unitsAlone, first.mayBeSilent, !Interruption.isPending
    else { return nil }
    var search = try SilentUnitSearch(subject.network, units)
    guard search.isSilent(first) else { return nil }
    self.progress.note(
      "\(drawing.title) stays silent by the recipe: it is searched for a picture that it responds to"
    )
    search.startCount = starts
    let pictures = try natural?.starts(for: search) ?? []
    let outcome = try search.goOn(
      after: first, preset: drawing.preset, pictures: pictures, seed: drawing.seeds[0]
    ) { _, progress in
      if Interruption.isPending { progress.stop() }
    }
    tell(outcome, of: drawing, natural: natural)
    return outcome
  }

  private func tell(
    _ outcome: SilentUnitSearch.Outcome, of drawing: Drawing, natural: FolderExamples?
  ) {
    let advice =
      outcome.isDead && natural == nil
      ? "; natural pictures (--pictures FOLDER) have not been tried" : ""
    let kind =
      !outcome.isComplete
      ? "interrupted" : outcome.attempts.last?.isRaised == true ? "note" : "warning"
    StandardStreams.printError("\(kind): \(drawing.title): \(outcome.summary)\(advice)")
  }
}

extension Drawing {
  /// The units of a layer whose activation is all that is raised, in one picture; `nil` for any other objective.
  var unitsAlone: ActivationMaximization? {
    guard seeds.count == 1, objective.terms.count == 1, objective.terms[0].weight.constant == 1,
      let units = objective.terms[0].loss as? ActivationMaximization,
      units.unitsByPicture.count == 1
    else { return nil }
    return units
  }
}

extension Visualization {
  /// Whether the units may be silent: to find out more takes a look at the network.
  fileprivate var mayBeSilent: Bool {
    !isCancelled
      && (scores[0] <= 0
        || warnings.contains { if case .zeroGradient = $0 { true } else { false } })
  }
}
