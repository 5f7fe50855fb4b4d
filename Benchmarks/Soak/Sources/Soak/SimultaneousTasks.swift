import FeatureVisualization
import Foundation

/// Eight tasks that visualise at once for a minute, each on a thread of its own: every picture is what it is alone.
struct SimultaneousTasks {
  /// A thread for each task, so that all run at once however few cores there are.
  private final class Threads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  private static let tasks = 8
  private static let duration = Duration.seconds(60)

  func run(_ report: inout Report) async throws {
    let expected = try Recipe.mixture.map { try $0.draw() }
    let end = ContinuousClock.now + Self.duration
    // A task that waits for ever would never be reported otherwise.
    let watchdog = Thread {
      Thread.sleep(forTimeInterval: 180)
      print("a task still runs two minutes after the end")
      exit(1)
    }
    watchdog.start()
    let executor = Threads()
    let counts = try await withThrowingTaskGroup(of: (calls: Int, wrong: Int).self) { group in
      for task in 0..<Self.tasks {
        group.addTask(executorPreference: executor) {
          var (calls, wrong) = (0, 0)
          while ContinuousClock.now < end {
            let index = (task + calls) % Recipe.mixture.count
            if try Recipe.mixture[index].draw() != expected[index] { wrong += 1 }
            calls += 1
          }
          return (calls, wrong)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    watchdog.cancel()
    let least = counts.map(\.calls).min() ?? 0
    report.add(
      "\(Self.tasks) tasks at once for a minute",
      "\(counts.map(\.calls).reduce(0, +)) pictures, \(least) by the slowest task",
      promised: "none waits for ever",
      kept: least > 0)
    let wrong = counts.map(\.wrong).reduce(0, +)
    report.add(
      "pictures that differ from those drawn alone", "\(wrong)", promised: "0 bytes",
      kept: wrong == 0)
  }
}
