import FeatureVisualization
import Foundation
import RecipeLanguage
import Testing

@testable import Galleries

@Suite("Galleries that are refused") struct RefusalTests {
  /// The same folder under another plan.
  private func open(
    _ sample: SampleGallery, _ network: NeuralNetwork? = nil, recipe: Recipe? = nil,
    layers: [String] = [], refreshing: Bool = false
  ) throws -> Gallery {
    let other = try GalleryPlan(
      of: network ?? sample.network, named: "sample", recipe: recipe ?? SampleGallery.recipe,
      layers: layers.map { LayerPattern($0) })
    return try Gallery(at: sample.folder, plan: other, refreshing: refreshing)
  }

  @Test("Another network, recipe or choice of units is refused by what differs")
  func differences() throws {
    let sample = try SampleGallery()
    try sample.draw()
    var recipe = SampleGallery.recipe
    recipe.iterations = 4
    #expect { try open(sample, recipe: recipe) } throws: { "\($0)".contains("the recipe is") }
    #expect { try open(sample, layers: ["fc"]) } throws: { "\($0)".contains("9 left out") }
    let network = try SampleNetwork.classifier(seed: 2)
    #expect { try open(sample, network) } throws: { "\($0)".contains("the network is") }
    #expect { try sample.gallery().merge(of: network) } throws: {
      "\($0)".contains("the network is")
    }
    _ = try open(sample)
  }

  @Test("Another version and another instruction set are refused")
  func machine() throws {
    let sample = try SampleGallery()
    let plan = sample.file("work/plan.json")
    for (what, own) in [
      ("version", sample.plan.version), ("instruction set", sample.plan.instructionSet),
    ] {
      _ = try sample.gallery()
      let text = try String(contentsOf: plan, encoding: .utf8)
      try Data(text.replacing("\"\(own)\"", with: "\"other\"").utf8).write(to: plan)
      #expect { try sample.gallery() } throws: { "\($0)".contains(what) }
      try Data(text.utf8).write(to: plan)
    }
  }

  @Test("Refreshing redraws what another recipe decides on, and keeps units under more layers")
  func refreshes() throws {
    let sample = try SampleGallery(SampleNetwork.classifier(), layers: ["fc"])
    try sample.finish()
    let grown = try open(sample, refreshing: true)
    #expect(try grown.draw(by: sample.drawing()).kept == 5)
    try grown.merge(of: sample.network)
    let whole = try SampleGallery()
    try whole.finish()
    #expect(try sample.site == whole.site)
    var recipe = SampleGallery.recipe
    recipe.iterations = 2
    let other = try open(sample, recipe: recipe, layers: ["fc"], refreshing: true)
    let drawing = try GalleryDrawing(
      sample.network, preset: Preset(recipe, in: RecipeContext(network: sample.network)))
    #expect(try other.draw(by: drawing).drawn == 5)
    try other.merge(of: sample.network)
    let fresh = try SampleGallery(SampleNetwork.classifier(), layers: ["fc"], recipe: recipe)
    try fresh.finish()
    // Pictures of layers that are left out are gone, too.
    #expect(try sample.site == fresh.site)
  }

  @Test("A folder of somebody's files is no place for a gallery, and stays as it is")
  func foreignFolder() throws {
    let sample = try SampleGallery()
    try FileManager.default.createDirectory(
      at: sample.file("pictures"), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: sample.file("pictures/holiday.png"))
    #expect(throws: GalleryError.foreignFolder(sample.folder.relativePath)) { try sample.gallery() }
    #expect(try sample.site.count == 2)
  }

  @Test(
    "A plan that is damaged, or is of layers that the network does not have, is told and not trusted"
  )
  func damagedPlan() throws {
    let sample = try SampleGallery()
    try sample.finish()
    let plan = sample.file("work/plan.json")
    let text = try String(contentsOf: plan, encoding: .utf8)
    for (old, new) in [
      ("\"position\":0", "\"position\":7000"), ("\"unitCount\":4", "\"unitCount\":0"),
      ("\"name\":\"conv1\"", "\"name\":\"fc\""), ("\"units\":[0,1,2,3]", "\"units\":[3,3,9]"),
    ] {
      try Data(text.replacing(old, with: new).utf8).write(to: plan)
      #expect(throws: GalleryError.self, "\(new)") {
        try Gallery(at: sample.folder).merge(of: sample.network)
      }
    }
    try Data(text.dropLast(20).utf8).write(to: plan)
    #expect(throws: GalleryError.self) { try Gallery(at: sample.folder) }
    #expect(throws: GalleryError.missing(folder: "/nowhere")) {
      try Gallery(at: URL(filePath: "/nowhere"))
    }
  }
}
