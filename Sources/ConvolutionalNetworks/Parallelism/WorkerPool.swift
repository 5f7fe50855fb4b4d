internal import CFVKernels
import Synchronization

/// The threads on which the engine works: one pool for the process.
///
/// Work is cut at boundaries that do not depend on the number of threads, so that results are the same bytes
/// for any number. When several tasks compute at once, each is a thread of its own, and the pool's helpers keep to
/// the cores that are left.
public enum WorkerPool {
  private static let threads = Atomic<Int>(max(1, Int(cfv_physical_core_count())))

  /// The number of threads used, the caller's among them; the number of physical cores unless set.
  public static var threadCount: Int {
    get { threads.load(ordering: .relaxed) }
    set { threads.store(min(max(1, newValue), maximumThreadCount), ordering: .relaxed) }
  }

  /// The largest number of threads that can be set.
  public static let maximumThreadCount = 64

  /// Counts the calling thread as one that computes until it leaves, so that helpers leave a core to it.
  package static func enter() { cfv_enter_pool() }

  /// Ends what `enter` began, on the same thread.
  package static func leave() { cfv_leave_pool() }

  /// Calls `body(chunk, worker)` for every chunk below `count`; `worker` is below `threads`.
  package static func forEachChunk(
    _ count: Int, threads: Int = WorkerPool.threadCount,
    _ body: (_ chunk: Int, _ worker: Int) -> Void
  ) {
    guard count > 1, threads > 1 else {
      for chunk in 0..<count { body(chunk, 0) }
      return
    }
    runChunks(count, threads, body)
  }
}

/// C's `cfv_run_chunks`, which takes a closure in Swift's own calling convention.
///
/// C cannot import the type of a closure that does not escape, and making it escape
/// (`withoutActuallyEscaping`) allocates at every call.
@_silgen_name("cfv_run_chunks")
private func runChunks(
  _ count: Int, _ threads: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void)
