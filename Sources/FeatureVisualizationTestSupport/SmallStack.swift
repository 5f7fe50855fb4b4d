import Foundation
import Synchronization

/// Runs work on a thread with a stack as small as those of tasks are.
package enum SmallStack {
  /// The bytes of a task's stack.
  private static let size = 512 << 10

  /// Runs `body` and waits for it.
  ///
  /// - Returns: the seconds of processor time that the thread took.
  /// - Throws: what `body` throws.
  @discardableResult
  package static func run(_ body: @escaping @Sendable () throws -> Void) throws -> Double {
    let outcome = Mutex<Result<Double, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let start = seconds
      let result = Result { try body() }
      let taken = seconds - start
      outcome.withLock { $0 = result.map { taken } }
      done.signal()
    }
    thread.stackSize = size
    thread.start()
    done.wait()
    return try outcome.withLock { try $0?.get() ?? 0 }
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
