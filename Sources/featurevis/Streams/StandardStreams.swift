import Foundation
import Synchronization

/// Standard output and standard error, as a user may have left them: closed, full, or a pipe that nobody reads.
///
/// Whatever is printed goes through here, so that no name in a file can send the terminal a control sequence.
enum StandardStreams {
  /// The error number of the first write to standard output that failed.
  private static let failure = Mutex<Int32?>(nil)

  /// Makes writes that fail return an error instead of ending the process, and gives closed streams a number of their
  /// own: a picture that is opened next would get it otherwise, with all that is printed.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // The lowest free number is the stream's.
      _ = open("/dev/null", O_RDWR)
      if stream == STDOUT_FILENO { failure.withLock { $0 = EBADF } }
    }
  }

  /// Prints a line to standard output; control characters are shown, not sent.
  static func printLine(_ line: String) { write(line.escapingControls + "\n") }

  /// Prints a line to standard error; it does not matter whether anybody reads it.
  static func printError(_ line: String) {
    _ = send(Data((line.escapingControls + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes text that is safe to print to standard output.
  static func write(_ text: String) {
    failure.withLock { failure in
      guard failure == nil else { return }
      failure = send(Data(text.utf8), to: STDOUT_FILENO)
    }
  }

  /// Writes text that is safe to print to standard error, such as a line that is redrawn.
  static func writeError(_ text: String) { _ = send(Data(text.utf8), to: STDERR_FILENO) }

  /// Why what was printed to standard output did not get there.
  ///
  /// A pipe whose reader has what it wanted is no failure: `featurevis inspect … | head`.
  static var outputFailure: ToolError? {
    guard let code = failure.withLock({ $0 }), code != EPIPE else { return nil }
    return ToolError("cannot write to standard output: \(String(cString: strerror(code)))")
  }

  /// Writes all of `data`; the error number where that fails.
  private static func send(_ data: Data, to stream: Int32) -> Int32? {
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let part = Foundation.write(stream, bytes.baseAddress! + done, bytes.count - done)
        if part >= 0 {
          done += part
        } else if errno == EAGAIN {
          // A pipe that does not wait: this does.
          var wanted = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wanted, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}
