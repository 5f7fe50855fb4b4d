import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Protects what no list of cases names: operations behind one another in any order, fused, sliced and shared in any way.
///
/// A graph follows from its number. `FEATUREVIS_FUZZ_COUNT=10000` tries so many, `FEATUREVIS_FUZZ_FIRST` says from which
/// on.
@Suite(.serialized) struct RandomGraphTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let first = environment["FEATUREVIS_FUZZ_FIRST"].flatMap { UInt64($0) } ?? 0
  private static let count = environment["FEATUREVIS_FUZZ_COUNT"].flatMap { UInt64($0) } ?? 300

  /// Protects values and gradients.
  @Test func agreeWithTheInterpreter() throws {
    var (undecided, meaningless) = (0, 0)
    for seed in Self.first..<Self.first + Self.count {
      let graph = try RandomGraph(seed: seed)
      do {
        var comparison = try GraphComparison(graph)
        switch try comparison.outcome() {
        case .agrees: break
        case .undecided: undecided += 1
        case .meaningless: meaningless += 1
        case .differs(let what): Issue.record("\(what) in \(graph)")
        }
      } catch {
        Issue.record("\(error) in \(graph)")
      }
    }
    print("RANDOM GRAPHS: \(Self.count), \(undecided) undecided, \(meaningless) meaningless")
    #expect(undecided <= 2 + Int(Self.count) / 100)
    #expect(meaningless <= 2 + Int(Self.count) / 100)
  }

  /// Protects bytes: a picture in a batch is what it is alone, whatever the number of threads.
  @Test func areTheSameInBatches() throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    for seed in Self.first..<Self.first + Self.count {
      let graph = try RandomGraph(seed: seed)
      do {
        WorkerPool.threadCount = 1
        let comparison = try BatchComparison(
          graph.network, shapes: graph.inputs, taps: graph.taps, options: graph.options,
          pictures: 2, seed: seed)
        WorkerPool.threadCount = 2
        let differences = try comparison.differences(batch: [2, 3, 5, 9][Int(seed % 4)])
        if let first = differences.first { Issue.record("\(first) in \(graph)") }
      } catch {
        Issue.record("\(error) in \(graph)")
      }
    }
  }
}
