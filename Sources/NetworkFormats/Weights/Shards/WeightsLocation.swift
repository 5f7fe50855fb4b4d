import Foundation

/// Where the weights are that somebody names: a file, or the index of weights in several files.
package struct WeightsLocation {
  /// The file to read.
  package let url: URL
  /// What to tell of the choice, if it was one.
  let note: String?

  private static let indexEnding = ".index.json"
  private static let endings = [".safetensors", ".bin"]
  /// What Hugging Face's libraries call weights in one file.
  private static let wholeFiles = [
    "model.safetensors", "diffusion_pytorch_model.safetensors", "pytorch_model.bin",
  ]

  /// The weights that `url` leads to: of a folder the index or the file of weights, of one of several files the index,
  /// and any other file itself.
  package init(_ url: URL) {
    if let weights = Self.weights(inFolder: url) {
      self.url = weights
      note = nil
    } else if let part = Part(url.lastPathComponent) {
      let folder = url.deletingLastPathComponent()
      let index = folder.appendingPathComponent(part.whole + Self.indexEnding)
      if FileManager.default.fileExists(atPath: index.path) {
        self.url = index
        note =
          "'\(url.lastPathComponent)' is one of several files: all that its index names are read"
      } else {
        self.url = url
        note = """
          it is one of several files, and '\(index.lastPathComponent)' is not beside it: these are its own tensors alone
          """
      }
    } else {
      self.url = url
      note = nil
    }
  }

  /// The index, or the file of weights that has the usual name, in a folder; `nil` where there are none or several indices,
  /// or where it is no folder.
  package static func weights(inFolder url: URL) -> URL? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
      return nil
    }
    func only(_ ending: String) -> String? {
      let fitting = names.filter { $0.hasSuffix(ending) }
      return fitting.count == 1 ? fitting[0] : nil
    }
    let name =
      endings.lazy.compactMap { only($0 + indexEnding) }.first
      ?? wholeFiles.first(where: names.contains)
    return name.map { url.appendingPathComponent($0) }
  }

  /// One of several files by its name: `model-00001-of-00002.safetensors`.
  private struct Part {
    /// What the name of all of them would be: `model.safetensors`.
    let whole: String

    init?(_ name: String) {
      guard let match = name.wholeMatch(of: /(.+)-[0-9]{5}-of-[0-9]{5}(\.[a-z]+)/) else {
        return nil
      }
      whole = String(match.1 + match.2)
    }
  }
}
