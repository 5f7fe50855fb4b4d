import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// The code of Docs/Guides/Concurrency.md.
@MainActor
func drawConcurrently() async throws {
  let network = try NeuralNetwork.pictureNet()

  // On a thread of its own: whoever awaits it is free meanwhile.
  let zebra = try await network.visualizeActivation(
    of: "predictions", units: "zebra", iterations: 20)
  print(zebra.scores[0])

  let names = ["zebra", "flamingo", "fish"]
  let scores = try await withThrowingTaskGroup(of: (String, Float).self) { group in
    for name in names {
      group.addTask {
        let drawn = try await network.visualizeActivation(
          of: "predictions", units: name, iterations: 20)
        return (name, drawn.scores[0])
      }
    }
    var scores: [String: Float] = [:]
    for try await (name, score) in group { scores[name] = score }
    return scores
  }
  print(scores)

  let task = Task {
    try await network.visualizeActivation(of: "predictions", units: "fish", iterations: 100_000)
  }
  try await Task.sleep(for: .milliseconds(200))
  task.cancel()
  let cancelled = try await task.value
  print(cancelled.isCancelled, cancelled.history.count, cancelled.scores[0])

  for try await update in network.visualizationUpdates(
    of: "predictions", units: "flamingo", iterations: 40, picturesEvery: 10)
  {
    switch update {
    case .step(let step):
      print("\(step.completed) of \(step.total): \(step.record.objectives[0])")
      if let pictures = step.pictures {
        try PictureFile(URL(filePath: "step-\(step.completed).png")).write(pictures)
      }
    case .finished(let drawn):
      try PictureFile(URL(filePath: "finished.png")).write(drawn.picture(0))
    }
  }
}

/// A command-line program has no actor to keep free: it draws on its own thread.
func drawHere(_ network: NeuralNetwork) throws -> Visualization {
  let zebra = try network.visualizeActivation(
    of: "predictions", units: "zebra", iterations: 20
  ) { progress in
    print("\(progress.completed) of \(progress.total)")
    if progress.record.objectives[0] > 10 { progress.stop() }
  }
  return zebra
}
