import ConvolutionalNetworks
import Foundation

@testable import KerasNetworkFormat

/// The models that `make_models.py` saved, with what Keras computes for them.
enum SavedModels {
  /// A model, the version of Keras that saved it, and the container.
  struct Name: CustomStringConvertible, Sendable {
    let group: String
    let container: String
    var description: String { "\(group).\(container)" }
  }

  private static var file: URL {
    get throws {
      guard let url = Bundle.module.url(forResource: "Fixtures", withExtension: nil) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return url.appendingPathComponent("Models.h5")
    }
  }

  /// All of them that the file lists.
  static func names() throws -> [Name] {
    try HDF5Library.withFile(try file, limits: ReadingLimits()) {
      file throws(KerasError.Problem) in
      (try file.list("models", of: "/") ?? []).compactMap { name in
        let parts = name.split(separator: ".").map(String.init)
        return parts.count == 2 ? Name(group: parts[0], container: parts[1]) : nil
      }
    }
  }

  /// An array of a model's group.
  static func reference(_ key: String, of name: Name) throws -> Tensor {
    try HDF5Library.withFile(try file, limits: ReadingLimits()) {
      file throws(KerasError.Problem) in
      try file.tensor("/\(name.group)/\(key)", name: key, expected: nil)
    }
  }

  /// `numpy.random.default_rng(7).uniform(-1, 1, (1, 32, 32, 3))`.
  static func drawn() throws -> Tensor {
    try HDF5Library.withFile(try file, limits: ReadingLimits()) {
      file throws(KerasError.Problem) in
      try file.tensor("/drawn", name: "drawn", expected: nil)
    }
  }

  /// The numbers from −1 to 1 that the models were given.
  static func numbers(_ shape: [Int], factor: Int) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor(
      shape: shape, elements: (0..<count).map { Float($0 * factor % 2003) / 1001 - 1 })
  }

  /// Calls `body` with the model's file.
  static func withFile<Result>(_ name: Name, _ body: (URL) throws -> Result) throws -> Result {
    let bytes = try reference(name.container, of: name)
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("keras-\(UUID().uuidString).\(name.container)")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(bytes.elements.map { UInt8($0) }).write(to: url)
    return try body(url)
  }
}
