import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles

extension Visualize {
  /// Draws and writes one picture after the other, until all are done or the user interrupts.
  func draw(
    _ target: Target, of subject: PictureNetwork, _ recipe: Preset, from startingPicture: Tensor?,
    to outputs: VisualizationOutputs
  ) throws {
    var bar = ProgressBar(pictures: target.groups.count)
    var entries: [VisualizationReport.Entry] = []
    var pictures: [Tensor] = []
    for (group, file) in zip(target.groups, outputs.pictures) where !Interruption.isPending {
      let start = ContinuousClock.now
      let title = "\(target.layer) \(target.name(of: group))"
      var completed = 0
      let visualization = try subject.network.visualizeActivation(
        of: target.id, units: group, at: position, preset: recipe, height: target.extent.height,
        width: target.extent.width, seed: seed, startingPicture: startingPicture,
        heldInputs: subject.held
      ) { progress in
        completed = progress.completed
        bar.show(progress, title: title)
        return Interruption.isPending ? .stop : .proceed
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      bar.clear()
      for warning in visualization.warnings { show(warning, in: subject.network) }
      if visualization.isCancelled {
        StandardStreams.printError(
          "interrupted: '\(file.path)' is the picture after \(completed) of \(recipe.iterations) steps"
        )
      }
      let picture = visualization.picture(0)
      try file.write { try PictureFile($0).write(picture) }
      StandardStreams.printLine("\(file.path)  score \(visualization.scores[0].short)")
      pictures.append(picture)
      entries.append(
        .init(
          visualization, layer: target.layer, units: try group.map(subject.network.unit),
          position: target.position, file: file.path, seconds: seconds))
    }
    guard !pictures.isEmpty else { return }
    try outputs.finish(
      pictures, captions: target.groups.prefix(pictures.count).map(target.name),
      VisualizationReport(network: file.path, preset: preset, seed: seed, pictures: entries))
  }

  private func show(_ warning: VisualizationWarning, in network: NeuralNetwork) {
    var hint = ""
    if case .softmaxKept(let layer) = warning,
      let position = try? network.position(of: .name(layer)),
      network.finalActivations.contains(position)
    {
      hint = " (--linear does)"
    }
    StandardStreams.printError("warning: \(warning)\(hint)")
  }
}
