internal import Foundation

/// Why a file could not be read or written, in the operating system's words where it has some.
package struct FileFailure: Error, Equatable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  /// A failure that the operating system numbers.
  init(code: Int32) { reason = String(cString: strerror(code)) }

  init(_ error: any Error) {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    let system = (underlying ?? error) as NSError
    reason =
      system.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(truncatingIfNeeded: system.code)))
      : error.localizedDescription
  }
}
