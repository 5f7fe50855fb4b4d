import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles

extension Visualize {
  /// Draws and writes one picture after the other, until all are done or the user interrupts.
  ///
  /// One that never is finite is told and left out, and the others are drawn all the same.
  ///
  /// - Throws: `ToolError` at the end where a picture was left out.
  func draw(
    _ target: Target, of subject: PictureNetwork, _ recipe: Preset, as rendering: PictureRendering,
    to outputs: VisualizationOutputs
  ) throws {
    var bar = ProgressBar(pictures: target.groups.count)
    var entries: [VisualizationReport.Entry] = []
    var pictures: [Tensor] = []
    var captions: [String] = []
    var failures = 0
    for (group, file) in zip(target.groups, outputs.pictures) where !Interruption.isPending {
      let start = ContinuousClock.now
      let name = target.name(of: group)
      let visualization: Visualization
      do {
        visualization = try drawOne(
          group, as: "\(target.layer) \(name)", target, of: subject, recipe, to: file, &bar)
      } catch VisualizationError.neverFinite(let reason) where target.groups.count > 1 {
        bar.clear()
        failures += 1
        let error = VisualizationError.neverFinite(reason: reason)
        StandardStreams.printError("Error: \(target.layer) \(name): \(error)")
        continue
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      try rendering.write(visualization.picture(0), to: file)
      StandardStreams.printLine("\(file.path)  score \(visualization.scores[0].short)")
      pictures.append(try rendering.visible(visualization.picture(0)))
      captions.append(name)
      entries.append(
        .init(
          visualization, layer: target.layer, units: try group.map(subject.network.unit),
          position: target.position, file: file.path, seconds: seconds))
    }
    if !pictures.isEmpty {
      try outputs.finish(
        pictures, captions: captions,
        VisualizationReport(network: file.path, preset: preset, seed: seed, pictures: entries))
    }
    if failures > 0 {
      throw ToolError("\(failures) of \(target.groups.count) pictures could not be drawn")
    }
  }

  /// Draws the picture of some units, and tells what is to be told of it.
  private func drawOne(
    _ group: [UnitID], as title: String, _ target: Target, of subject: PictureNetwork,
    _ recipe: Preset, to file: OutputFile, _ bar: inout ProgressBar
  ) throws -> Visualization {
    var completed = 0
    // The closure is handed on, so it cannot hold the caller's.
    var shown = bar
    defer { bar = shown }
    let visualization = try subject.network.visualizeActivation(
      of: target.id, units: group, at: position,
      preset: recipe, seed: seed
    ) { progress in
      completed = progress.completed
      shown.show(progress, title: title)
      if Interruption.isPending { progress.stop() }
    }
    shown.clear()
    for warning in visualization.warnings { show(warning, in: subject.network) }
    if visualization.isCancelled {
      StandardStreams.printError(
        "interrupted: '\(file.path)' is the picture after \(completed) of \(recipe.iterations) steps"
      )
    }
    return visualization
  }

  private func show(_ warning: VisualizationWarning, in network: NeuralNetwork) {
    var hint = ""
    switch warning {
    case .softmaxKept(let layer), .saturated(let layer, _, _):
      if let position = try? network.position(of: .name(layer)),
        network.finalActivations.contains(position)
      {
        hint = " (--linear does)"
      }
    default: break
    }
    StandardStreams.printError("warning: \(warning)\(hint)")
  }
}
