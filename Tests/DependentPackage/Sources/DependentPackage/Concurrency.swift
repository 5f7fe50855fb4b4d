import FeatureVisualization

/// Four runs at once from the main actor, one of which is cancelled; the main actor stays free.
@MainActor
func drawAtOnce() async throws {
  let network = smallNetwork
  let tasks = (0..<4).map { unit in
    Task {
      try await network.visualizeActivation(
        of: "c", units: unit, preset: smallSteps(unit == 3 ? 10_000_000 : 20))
    }
  }
  tasks[3].cancel()
  for (unit, task) in tasks.enumerated() {
    let drawn = try await task.value
    expect(drawn.isCancelled == (unit == 3), "only the cancelled run is cut short")
    expect(drawn.scores[0].isFinite, "a cancelled run gives what it has")
    guard unit < 3 else { continue }
    let alone = try drawHere(unit)
    expect(drawn.pictures == alone.pictures, "a run among others draws what it draws alone")
  }
}

private func drawHere(_ unit: Int) throws -> Visualization {
  try smallNetwork.visualizeActivation(of: "c", units: unit, preset: smallSteps(20))
}

/// The progress of a run as a sequence, with pictures every ten steps.
func followProgress() async throws {
  var frames: [Tensor] = []
  for try await update in smallNetwork.visualizationUpdates(
    of: "c", units: 1, preset: smallSteps(30), picturesEvery: 10)
  {
    switch update {
    case .step(let step): if let pictures = step.pictures { frames.append(pictures) }
    case .finished(let drawn): expect(drawn.history.count == 30, "the result comes last")
    }
  }
  expect(frames.count == 3 && frames[0] != frames[2], "a picture every ten steps")
}
