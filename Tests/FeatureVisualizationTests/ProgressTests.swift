import FeatureVisualization
import Synchronization
import Testing

/// A run can be watched and stopped, and a stopped run gives what it has.
struct ProgressTests {
  @Test func `progress counts every iteration to the end`() throws {
    var seen: [Int] = []
    var totals: Set<Int> = []
    let visualization = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", units: [0], preset: .smallSteps(5)
    ) { progress in
      seen.append(progress.completed)
      totals.insert(progress.total)
      #expect(progress.record.iteration == progress.completed - 1)
    }
    #expect(seen == [1, 2, 3, 4, 5] && totals == [5])
    #expect(!visualization.isCancelled && visualization.history.count == 5)
  }

  @Test(arguments: Preset.names)
  func `stopping gives a valid picture with its own score, marked as cancelled`(name: String) throws
  {
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivation(
      of: "dense", units: [0], preset: try .small(name)
    ) { if $0.completed == 3 { $0.stop() } }
    #expect(visualization.isCancelled && visualization.history.count == 3)
    #expect(visualization.pictures.elements.allSatisfy { (0...1).contains($0) })
    let score = try network.evaluate(visualization.pictures, at: "dense").elements[0]
    #expect(abs(score - visualization.scores[0]) < 1e-4)
  }

  @Test func `stopping after the last iteration is no cancellation`() throws {
    let visualization = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", units: [0], preset: .smallSteps(2)
    ) { if $0.completed == 2 { $0.stop() } }
    #expect(!visualization.isCancelled)
  }

  @Test func `cancelling the task stops the run`() async throws {
    let network = try SmoothNetwork.unit.make()
    let visualization = try await Task {
      try network.visualizeActivation(of: "dense", units: [0], preset: .smallSteps(1000)) {
        if $0.completed == 2 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }.value
    #expect(visualization.isCancelled && visualization.history.count == 2)
    #expect(visualization.pictures.elements.allSatisfy { (0...1).contains($0) })
  }

  @Test func `a task cancelled before the first step still gives its starting picture`()
    async throws
  {
    let network = try SmoothNetwork.unit.make()
    let start = Tensor(shape: [1, 14, 14, 3], repeating: 0.25)
    let visualization = try await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try network.visualizeActivation(
        of: "dense", units: [0], preset: .smallSteps(10).with(\.start, .picture(start)))
    }.value
    #expect(visualization.isCancelled && visualization.history.isEmpty)
    #expect(visualization.pictures == start)
    #expect(visualization.scores[0].isFinite)
  }
}
