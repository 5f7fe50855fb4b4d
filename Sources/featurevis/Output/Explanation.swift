import Attribution
import ConvolutionalNetworks
import Foundation

/// What was found of one picture.
struct Explanation {
  let path: String
  /// As the network sees it, `[1, H, W, C]`.
  let picture: Tensor
  /// What was asked about.
  let title: String
  /// The objective at the picture.
  let value: Float
  /// The maps by the names of their methods.
  let maps: [(method: String, map: AttributionMap)]

  /// The file's name without its ending.
  static func stem(_ path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// What is printed of it.
  var line: String { "\(path)  \(title)  \(value.short)" }
}
