internal import CFVGD
internal import Foundation
import Synchronization

/// What libgd says while it works.
///
/// libgd prints to standard error unless the process sets a callback, one for all its threads. The
/// callback keeps the first message for the work that is going on where it is called.
final class GDMessages: Sendable {
  @TaskLocal private static var current: GDMessages?

  private static let listening: Void = gdSetErrorMethod { _, format, arguments in
    // Whether the list is optional depends on the processor.
    guard let current, let format, let arguments = arguments as CVaListPointer? else { return }
    var text = [CChar](repeating: 0, count: 256)
    vsnprintf(&text, text.count, format, arguments)
    let message = String(
      decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    current.message.withLock { first in
      first = first ?? message.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  private let message = Mutex<String?>(nil)

  /// The result of `work`, and the first message libgd had while at it.
  static func during<Result>(_ work: () -> Result) -> (result: Result, message: String?) {
    listening
    let messages = GDMessages()
    let result = $current.withValue(messages, operation: work)
    return (result, messages.message.withLock { $0 })
  }
}
