import Foundation

/// What this process has taken so far.
enum ProcessFigures {
  /// Seconds of processor time of the calling thread.
  static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The megabytes of the process that are in memory; `nil` where the system does not tell.
  static var residentMegabytes: Double? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let pages = String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(separator: " ")
    guard pages.count > 1, let resident = Double(pages[1]) else { return nil }
    return resident * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
  }
}

extension Array where Element == Double {
  /// The middle one; of none there is none.
  var median: Double { sorted()[count / 2] }
}
