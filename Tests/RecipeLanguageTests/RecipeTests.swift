import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import Testing

@testable import RecipeLanguage

/// Protects recipes in files.
struct RecipeTests {
  @Test func `a file comes back as it was written`() throws {
    var recipe = Recipe()
    for (number, (_, part)) in Recipe.texts.enumerated() {
      recipe[keyPath: part] = "text \(number)"
    }
    for (number, (_, part)) in Recipe.numbers.enumerated() { recipe[keyPath: part] = number }
    for (number, (_, part)) in Recipe.reals.enumerated() {
      recipe[keyPath: part] = 0.25 * Float(number)
    }
    (recipe.canvas, recipe.size, recipe.linear) = ([3, 4], [5, 6], true)
    recipe.seed = .max
    let data = try JSONEncoder().encode(recipe)
    #expect(try JSONDecoder().decode(Recipe.self, from: data) == recipe)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(Set(object.keys) == Set(Recipe.keys))
  }

  @Test func `a part that is not known is refused by name`() throws {
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Recipe.self, from: Data(#"{"objectiv": "channel(a)"}"#.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.debugDescription.contains("'objectiv'"))
    #expect(context.debugDescription.contains("objective, prior"))
  }

  @Test func `what is said later counts`() {
    var first = Recipe()
    (first.preset, first.iterations, first.seed) = ("keras-vis", 10, 4)
    var second = Recipe()
    (second.iterations, second.prior) = (20, "")
    let result = first.overridden(by: second)
    #expect(result.preset == "keras-vis")
    #expect(result.iterations == 20)
    #expect(result.prior == "")
    #expect(result.seed == 4)
  }

  @Test func `every part changes the preset`() throws {
    var recipe = Recipe()
    recipe.preset = "keras-vis"
    recipe.prior = "3 * total-variation"
    recipe.transform = "padding(4), jitter(2)"
    recipe.parameterization = "fourier(decay: 1.5, colors: none)"
    recipe.projection = "decay(0.01), clamp(0, 1)"
    recipe.gradModifier = "absolute, smoothed(1)"
    recipe.backprop = "guided"
    recipe.optimizer = "adam(0.1, beta1: 0.5)"
    recipe.schedule = "cosine(0.2)"
    (recipe.iterations, recipe.views, recipe.border, recipe.crop) = (9, 2, 1, 3)
    recipe.canvas = [20, 30]
    let preset = try Preset(recipe)
    #expect(preset.regularizers.terms.map(\.name) == ["TotalVariation"])
    #expect(preset.regularizers.terms.map(\.weight.constant) == [3])
    #expect(preset.inputModifiers.map(\.name) == ["Padding", "Jitter"])
    #expect((preset.parameterization as? Fourier)?.decay == 1.5)
    #expect((preset.parameterization as? Fourier)?.colors == nil)
    #expect(preset.projections.map(\.name) == ["Decay", "RangeClamp"])
    #expect(
      (preset.gradModifier as? SequentialGradModifier)?.modifiers.map(\.name) == [
        "absolute", "SmoothedGradient",
      ])
    #expect(preset.backpropModifier is GuidedBackprop)
    let adam = try #require(preset.optimizer as? Adam)
    #expect(adam.beta1 == 0.5)
    #expect(
      adam.learningRate.value(at: Moment(iteration: 0, of: 9)) == 0.2)
    #expect(preset.iterations == 9)
    #expect((preset.views, preset.border, preset.crop) == (2, 1, 3))
    #expect(preset.canvas == Canvas(height: 20, width: 30))
  }

  @Test func `empty texts switch parts of a preset off`() throws {
    var recipe = Recipe()
    recipe.preset = "keras-vis"
    (recipe.prior, recipe.transform, recipe.gradModifier, recipe.backprop) = ("", "", "", "")
    let preset = try Preset(recipe)
    #expect(preset.regularizers.terms.isEmpty)
    #expect(preset.inputModifiers.isEmpty)
    #expect(preset.gradModifier == nil)
    #expect(preset.backpropModifier == nil)
  }

  @Test func `no word is there twice, and what may be left out can be read`() throws {
    let words = RecipeWord.all
    for (kind, ofKind) in Dictionary(grouping: words, by: \.kind) {
      let names = ofKind.map { $0.signature.prefix { $0 != "(" } }
      #expect(Set(names).count == names.count, "\(kind)")
    }
    for word in words { #expect(word.summary.hasSuffix("."), "\(word.signature)") }
  }

  /// What is given for arguments that must be, in `every word makes something`.
  private static let examples = [
    "layer": "conv1", "unit": "1", "pixels": "4", "share": "0.1", "factors": "[0.9, 1.1]",
    "degrees": "[-5, 5]", "of": "fourier", "mask": "\"mask.png\"", "photo": "\"photo.png\"",
    "picture": "\"mask.png\"", "radius": "2", "rate": "0.1", "sigma": "1", "percentile": "20",
    "amount": "1", "most": "2", "early": "1", "late": "0.5", "from": "0", "to": "1", "peak": "1",
    "low": "0", "high": "1", "vector": "[1, 0, -1]", "class": "lion",
    "pictures": "[\"a.png\", \"b.png\"]",
    "prior": "total-variation", "by": "\"mask.png\"", "optimizer": "adam", "norm": "1",
    "deviation": "0.1",
  ]

  /// Pictures and arrays of these names are there.
  private struct Files: RecipeFiles {
    func picture(_ path: String) -> Tensor { Tensor(shape: [1, 12, 10, 3], repeating: 0.5) }
    func array(_ path: String) -> Tensor { Tensor(shape: [6], elements: [1, 2, 3, 4, 5, 6]) }
  }

  @Test func `every word makes something`() throws {
    let context = RecipeContext(network: try RecipeNetwork.make(), files: Files())
    func check<Value>(_ vocabulary: Vocabulary<Value>) throws {
      for word in vocabulary.words {
        let arguments = try word.signature.parameters.filter { $0.standard == nil }.map {
          "\($0.name): \(try #require(Self.examples[$0.name], "\(word.signature.text): \($0.name)"))"
        }
        let text = "\(word.name)(\(arguments.joined(separator: ", ")))"
        #expect(throws: Never.self, "\(text)") { try context.value(text, of: vocabulary) }
      }
    }
    try check(Vocabulary.objectives)
    try check(Vocabulary.transformations)
    try check(Vocabulary.parameterizations)
    try check(Vocabulary.projections)
    try check(Vocabulary.gradModifiers)
    try check(Vocabulary.backpropModifiers)
    try check(Vocabulary.optimizers)
    try check(Vocabulary.schedules)
  }
}
