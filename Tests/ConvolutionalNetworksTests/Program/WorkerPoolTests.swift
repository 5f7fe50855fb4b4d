import ConvolutionalNetworks
import Foundation
import Synchronization
import Testing

/// Who works when several threads ask: no more than there are cores, and every chunk once.
@Suite(.serialized) struct WorkerPoolTests {
  /// A number that threads count up.
  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func increment() { count.add(1, ordering: .sequentiallyConsistent) }
  }

  /// Counts how many bodies run at once.
  private final class Census: Sendable {
    private let present = Atomic<Int>(0)
    private let most = Atomic<Int>(0)

    var largest: Int { most.load(ordering: .sequentiallyConsistent) }

    func during(_ body: () -> Void) {
      let count = present.add(1, ordering: .sequentiallyConsistent).newValue
      most.max(count, ordering: .sequentiallyConsistent)
      body()
      present.subtract(1, ordering: .sequentiallyConsistent)
    }
  }

  @Test(arguments: [(1, 1), (1, 3), (2, 2), (3, 2), (2, 4), (4, 4)])
  func `callers take the places of helpers`(callers: Int, threads: Int) async {
    // The pool is the process's, and other tests use it.
    await #expect(processExitsWith: .success) { [callers, threads] in
      let census = Census()
      let (entered, chunks) = (Counter(), Counter())
      let group = DispatchGroup()
      for _ in 0..<callers {
        group.enter()
        Thread.detachNewThread {
          WorkerPool.enter()
          entered.increment()
          while entered.value < callers { usleep(50) }
          for _ in 0..<20 {
            WorkerPool.forEachChunk(40, threads: threads) { _, worker in
              precondition(worker >= 0 && worker < threads)
              census.during { usleep(20) }
              chunks.increment()
            }
          }
          // None leaves before all are done: those left would have its place.
          entered.increment()
          while entered.value < 2 * callers { usleep(50) }
          WorkerPool.leave()
          group.leave()
        }
      }
      group.wait()
      #expect(chunks.value == callers * 20 * 40)
      #expect(census.largest <= max(callers, threads))
    }
  }
}
