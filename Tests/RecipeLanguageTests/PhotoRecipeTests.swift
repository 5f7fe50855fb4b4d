import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import Testing

@testable import RecipeLanguage

/// Protects recipes that draw on a photo: accentuation, and octaves.
struct PhotoRecipeTests {
  /// One photo by any name.
  private struct Files: RecipeFiles {
    func picture(_ path: String) -> Tensor { Tensor(shape: [1, 40, 60, 3], repeating: 0.5) }
    func array(_ path: String) -> Tensor { Tensor(shape: [1], repeating: 1) }
  }

  private let context = RecipeContext(files: Files())

  private func recipe(_ change: (inout Recipe) -> Void) -> Recipe {
    var recipe = Recipe()
    change(&recipe)
    return recipe
  }

  @Test func `accentuation is that of Swift, with what is changed`() throws {
    let preset = try Preset(
      recipe {
        ($0.preset, $0.photo, $0.iterations) = ("accentuation", "photo.png", 7)
        $0.prior = "balanced(inversion(\"photo.png\", conv1, distance: positions), share: 0.5)"
      }, in: context)
    let known = Preset.accentuation(of: Files().picture(""), keeping: "conv1", strength: 0.5)
    #expect((preset.parameterization as? MagnitudeBounded)?.photo.shape == [1, 40, 60, 3])
    #expect(preset.canvas == known.canvas)
    #expect(preset.inputModifiers.map(\.name) == known.inputModifiers.map(\.name))
    #expect((preset.views, preset.viewsAtOnce) == (known.views, known.viewsAtOnce))
    #expect(preset.iterations == 7)
    #expect(preset.regularizers.terms.map(\.name) == known.regularizers.terms.map(\.name))
    #expect(
      preset.regularizers.terms.map(\.weight.constant)
        == known.regularizers.terms.map(\.weight.constant))
    #expect(preset.regularizers.terms.allSatisfy { $0.role == .prior })
  }

  @Test func `octaves go up to the photo, each drawn by all of the recipe`() throws {
    let preset = try Preset(
      recipe {
        ($0.preset, $0.photo) = ("deep-dream", "photo.png")
        ($0.octaves, $0.octaveFactor, $0.transform) = (3, 2, "jitter(5)")
      }, in: context)
    let all = [preset] + preset.stages
    #expect(
      all.map(\.size) == [
        InputSize(height: 10, width: 15), InputSize(height: 20, width: 30),
        InputSize(height: 40, width: 60),
      ])
    #expect(all.allSatisfy { $0.inputModifiers.map(\.name) == ["Jitter"] })
    let standard = try Preset(recipe { $0.photo = "photo.png" }, in: context)
    // DeepDream's four by 1.4.
    #expect(standard.stages.count == 3)
    #expect(standard.size == InputSize(height: 15, width: 22))
  }

  @Test(arguments: [
    ("accentuation changes a photo", "photo", #"{"preset": "accentuation"}"#),
    ("octaves are sizes of a photo", "photo", #"{"octaves": 3}"#),
    ("octaves are sizes of a photo", "photo", #"{"octaveFactor": 1.5}"#),
    ("starts from the photo", "start", #"{"photo": "a.png", "start": "b.png"}"#),
    (
      "a photo of one size", "octaves",
      #"{"preset": "accentuation", "photo": "a.png", "octaves": 2}"#
    ),
    ("'accent' is not one of", "preset", #"{"preset": "accent"}"#),
  ])
  func `what makes no sense is refused by the part's name`(
    reason: String, part: String, json: String
  ) throws {
    let recipe = try JSONDecoder().decode(Recipe.self, from: Data(json.utf8))
    let error = #expect(throws: VisualizationError.self) { try Preset(recipe, in: context) }
    guard case .invalidArgument(part, let found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.contains(reason))
  }
}
