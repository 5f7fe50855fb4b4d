import ConvolutionalNetworks
import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Pictures that were drawn of units, to be shown beside others: in a folder, or yet to be drawn.
struct DrawnPictures {
  private let source: Source

  private enum Source {
    case folder(String)
    case recipe(Preset, iterations: Int?)
  }

  /// - Parameter text: a folder, or the name of a recipe.
  /// - Throws: `ToolError` where it is neither.
  init(_ text: String, steps: Int?, _ embedded: EmbeddedNetwork?) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: text, isDirectory: &isFolder), isFolder.boolValue {
      guard steps == nil else {
        throw ToolError("--steps: the pictures of '\(text)' are drawn already")
      }
      source = .folder(text)
      return
    }
    guard let preset = try? Preset.named(text) else {
      throw ToolError(
        "--drawn \(text): no such folder, and no recipe of this name; recipes are \(Preset.names.joined(separator: ", "))"
      )
    }
    source = .recipe(
      preset, iterations: steps ?? (text == "lucid" ? embedded?.recommendedIterations : nil))
  }

  /// The picture of a unit, `[1, H, W, C]` of one or three channels.
  ///
  /// - Throws: `ToolError` where a folder has none of it.
  func picture(of unit: Int, _ names: ExampleNames, _ subject: PictureNetwork, memory: Int?) throws
    -> Tensor
  {
    switch source {
    case .folder(let folder):
      let candidates = PictureNames.alternatives(names.stems(of: unit))
      for name in candidates {
        let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: url.path) else { continue }
        return try PictureFile(url).read()
      }
      throw ToolError(
        """
        --drawn \(folder): there is no picture of unit \(unit), \(candidates.map { "'\($0)'" }.joined(separator: " or ")); \
        'featurevis visualize --layer \(names.layer) --units \(unit) --output \(folder)' draws it
        """)
    case .recipe(var preset, let iterations):
      preset.heldInputs = subject.held
      preset.memoryLimit = memory
      let drawn = try subject.network.visualizeActivation(
        of: names.id, units: unit, preset: preset, iterations: iterations)
      for warning in drawn.warnings {
        StandardStreams.printError("warning: unit \(unit): \(warning)")
      }
      return drawn.picture(0)
    }
  }
}

extension PictureNames {
  /// The names of files that each of some stems would have alone.
  static func alternatives(_ stems: [String]) -> [String] {
    stems.flatMap { stem in
      ["png", "jpg"].flatMap { PictureNames([stem], fileExtension: $0).names }
    }
  }
}
