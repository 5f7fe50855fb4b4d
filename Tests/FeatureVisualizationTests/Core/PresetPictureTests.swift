import FeatureVisualization
import Foundation
import Testing

/// Every preset draws what it drew when its pictures were kept: a change of the step, of draws or of scores is meant, or is
/// found here.
///
/// `FEATUREVIS_KEEP_PICTURES=1 swift test -c release --filter PresetPictureTests` keeps them anew, in
/// Scripts/References/preset-pictures.json.
struct PresetPictureTests {
  private struct Kept: Codable {
    let score: Float
    /// Every 29th number of the picture.
    let pixels: [Float]
  }

  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scripts/References/preset-pictures.json")

  private func draw(_ name: String, _ layer: LayerID, _ arithmetic: Program.Arithmetic) throws
    -> Kept
  {
    var preset = try Preset.small(name)
    preset.arithmetic = arithmetic
    let drawn = try SmoothNetwork.byte.make().visualizeActivation(
      of: layer, units: [2], preset: preset.with(\.size, InputSize(SmoothNetwork.side)),
      iterations: 6, seed: 5)
    let elements = drawn.pictures.elements
    return Kept(
      score: drawn.scores[0],
      pixels: stride(from: 0, to: elements.count, by: 29).map { elements[$0] })
  }

  /// Other roundings show that a picture does not hang on the last bit.
  @Test(arguments: [Program.Arithmetic.fast, .plain])
  func `pictures are those that were kept`(arithmetic: Program.Arithmetic) throws {
    var found: [String: Kept] = [:]
    for name in Preset.names {
      for layer in ["dense", "conv2"] {
        found["\(name) \(layer)"] = try draw(name, .name(layer), arithmetic)
      }
    }
    if ProcessInfo.processInfo.environment["FEATUREVIS_KEEP_PICTURES"] != nil, arithmetic == .fast {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      try encoder.encode(found).write(to: Self.file, options: .atomic)
    }
    let kept = try JSONDecoder().decode([String: Kept].self, from: Data(contentsOf: Self.file))
    #expect(Set(kept.keys) == Set(found.keys))
    for (name, picture) in found {
      let expected = try #require(kept[name])
      #expect(largestDifference(picture.pixels, expected.pixels) < 1e-3, "\(name)")
      #expect(abs(picture.score - expected.score) < 1e-3 * max(1, abs(expected.score)), "\(name)")
    }
  }
}
