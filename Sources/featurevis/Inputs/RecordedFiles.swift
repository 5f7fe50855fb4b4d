import CFVFiles
import ConvolutionalNetworks
import Foundation
import RecipeLanguage
import Synchronization

/// Reads the files that a recipe names, and keeps the digests of their bytes: what is drawn depends on them.
final class RecordedFiles: RecipeFiles {
  private let files: NamedFiles
  private let recorded = Mutex<[String: String]>([:])

  init(_ files: NamedFiles) { self.files = files }

  /// The SHA-256 of each file that was read, by its name in the recipe.
  var digests: [String: String] { recorded.withLock { $0 } }

  func picture(_ path: String) throws -> Tensor {
    let picture = try files.picture(path)
    try record(path)
    return picture
  }

  func array(_ path: String) throws -> Tensor {
    let array = try files.array(path)
    try record(path)
    return array
  }

  private func record(_ path: String) throws {
    let digest = try SHA256.hexadecimal(of: FileBytes(URL(fileURLWithPath: path)))
    recorded.withLock { $0[path] = digest }
  }
}
