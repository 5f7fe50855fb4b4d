internal import Foundation

/// Why a file could not be read or written, in the operating system's words where it has some.
package struct FileFailure: Error, Equatable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  /// A failure that the operating system numbers.
  init(code: Int32) { reason = String(cString: strerror(code)) }

  /// Such a failure of something that the file needs, such as what it links to.
  init(code: Int32, of what: String) {
    reason = "\(what): \(String(cString: strerror(code)))"
  }

  /// That something other than a file has the path: reading it could wait for ever, or never end.
  init(notRegular mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFDIR: self.init(code: EISDIR)
    case S_IFIFO:
      self.init("it is a pipe, not a regular file: store what it hands out in a file first")
    case S_IFSOCK: self.init("it is a socket, not a regular file")
    default: self.init("it is a device, not a regular file")
    }
  }
}
