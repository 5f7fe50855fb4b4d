import Foundation

/// The files that make_fixtures.py writes.
enum Fixture {
  static func url(_ name: String) throws -> URL {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    return folder.appendingPathComponent("Fixtures/\(name)")
  }

  /// Element `i` of their tensors.
  static func element(_ i: Int) -> Float { Float(i % 17) / 4 - 2 }
}
