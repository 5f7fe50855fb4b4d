import ConvolutionalNetworks
import FeatureVisualization
import PictureFiles
import SilentUnits

extension Visualize {
  /// Draws and writes one picture after the other, until all are done or the user interrupts.
  ///
  /// One that never is finite is told and left out, and the others are drawn all the same.
  ///
  /// - Throws: `ToolError` at the end where a picture was left out.
  func draw(
    _ drawings: [Drawing], of subject: PictureNetwork, as rendering: PictureRendering,
    beside natural: FolderExamples?, judgedBy judges: DrawingJudges?,
    to outputs: VisualizationOutputs
  ) throws {
    tellReasons(of: drawings)
    var bar = ProgressBar(pictures: drawings.count, progress)
    var entries: [VisualizationReport.Entry] = []
    let pictureCount = drawings.reduce(0) { $0 + $1.seeds.count }
    var cells = SheetCells(
      showsBefore: before,
      rowLength: compare.isEmpty ? nil : pictureCount / (compare.count + 1))
    var curves = RunCurves()
    var failures = 0
    var files = outputs.pictures[...]
    var animation = outputs.animation.map { AnimationRecorder($0, progress) }
    for (place, drawing) in drawings.enumerated() where !Interruption.isPending {
      let first = files.startIndex
      let own = files.prefix(drawing.seeds.count)
      files = files.dropFirst(own.count)
      let start = ContinuousClock.now
      var visualization: Visualization
      do {
        let steps = (animation?.steps(ofDrawing: place) ?? []) + (before ? [0] : [])
        visualization = try draw(
          drawing, by: drawing.preset.keepingPictures(at: steps), of: subject, to: Array(own), &bar)
      } catch VisualizationError.neverFinite(let reason) where drawings.count > 1 {
        bar.clear()
        failures += 1
        let error = VisualizationError.neverFinite(reason: reason)
        StandardStreams.printError("Error: \(drawing.title): \(error)")
        if !compare.isEmpty {
          let size = drawing.recipe.canvas ?? drawing.recipe.size ?? [1, 1]
          for _ in drawing.seeds {
            cells.addGap(height: size[0], width: size[1], caption: drawing.caption)
          }
        }
        continue
      }
      let search = try searchOn(drawing, after: visualization, in: subject, natural)
      if let search { visualization = search.visualization }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      for (number, file) in own.enumerated() {
        try rendering.write(visualization.picture(number), to: file)
        let judgement = try judges?.judgement(of: visualization.picture(number), drawing)
        let finished = FinishedPicture(
          file: file.path, title: drawing.title, score: visualization.scores[number] + 0,
          isDead: search?.isDead == true, judgement: judgement)
        finished.tell(progress)
        if let natural { try natural.warn(of: drawing, drawn: visualization.picture(number)) }
        let caption = own.count == 1 ? drawing.caption : "\(drawing.caption) \(number)"
        let run = try RunFrames(of: visualization, picture: number, as: rendering)
        try animation?.add(run, ofDrawing: place, picture: first + number, caption: caption)
        if let natural, sheet != nil {
          cells.add(natural.row(of: drawing, drawn: run.result.picture))
        } else {
          cells.add(run.result.picture, before: run.frames.first?.picture, caption: caption)
        }
        curves.add(visualization, picture: number, caption: caption)
        entries.append(
          .init(
            visualization, picture: number, of: drawing, file: file.path, seconds: seconds,
            search: search.map(UnitSearchReport.init), examples: natural?.examples(of: drawing),
            judgement: try judgement.map {
              JudgementReport(
                $0, score: try judges?.score(of: visualization.picture(number), drawing))
            }))
      }
    }
    if !entries.isEmpty {
      try outputs.finish(
        cells, curves,
        VisualizationReport(
          network: file.path, preset: drawings[0].preset.name, seed: drawings[0].seeds[0],
          pictures: entries), progress)
      try animation?.finish()
    }
    if failures > 0 {
      throw ToolError("\(failures) of \(drawings.count) pictures could not be drawn")
    }
  }

  /// Tells why recipes that were chosen for the network are what they are, once each.
  private func tellReasons(of drawings: [Drawing]) {
    var told: Set<String> = []
    for preset in drawings.map(\.preset) {
      for reason in preset.reasons where told.insert("\(preset.name): \(reason)").inserted {
        progress.note("\(preset.name): \(reason)")
      }
    }
  }

  /// Draws the pictures of one objective, and tells what is to be told of them.
  private func draw(
    _ drawing: Drawing, by preset: Preset, of subject: PictureNetwork, to files: [OutputFile],
    _ bar: inout ProgressBar
  ) throws -> Visualization {
    var completed = 0
    // The closure is handed on, so it cannot hold the caller's.
    var shown = bar
    defer { bar = shown }
    let visualization = try subject.network.visualizeActivationWithLosses(
      drawing.objective + preset.regularizers, preset: preset, seeds: drawing.seeds
    ) { progress in
      completed = progress.completed
      shown.show(progress, title: drawing.title)
      if Interruption.isPending { progress.stop() }
    }
    shown.clear()
    for warning in visualization.warnings { show(warning, in: subject.network) }
    if visualization.isCancelled {
      for file in files {
        StandardStreams.printError(
          "interrupted: '\(file.path)' is the picture after \(completed) of \(preset.iterations) steps"
        )
      }
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
