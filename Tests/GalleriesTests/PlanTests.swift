import Testing

@testable import Galleries

@Suite("Plans of galleries") struct PlanTests {
  @Test("Patterns name layers as a shell's do, slashes included, and a name always means itself")
  func patterns() {
    #expect(LayerPattern("conv*").matches("conv1/3x3"))
    #expect(LayerPattern("*").matches(""))
    #expect(LayerPattern("inception_4?/out*").matches("inception_4a/output"))
    #expect(!LayerPattern("inception_4?/output").matches("inception_4/output"))
    #expect(LayerPattern("a*b*c").matches("a-b-b-c") && !LayerPattern("a*b*c").matches("a-c"))
    #expect(LayerPattern("odd*name").matches("odd*name"))
    #expect(!LayerPattern("conv").matches("conv1"))
  }

  @Test("Units are chosen by number and range, each once, as far as a layer goes")
  func units() throws {
    #expect(try #require(UnitSelection("0..<64")).units(of: 5) == [0, 1, 2, 3, 4])
    #expect(try #require(UnitSelection("7, 2...3,3")).units(of: 9) == [2, 3, 7])
    #expect(UnitSelection("all") == .all && UnitSelection.all.units(of: 2) == [0, 1])
    for text in ["", "3..<3", "-1", "5...2", "a", "1,,2", "0..<", "9223372036854775807"] {
      #expect(UnitSelection(text) == nil, "\(text)")
    }
  }

  @Test("Every unit is in exactly one shard, and each shard has its share of every layer")
  func shards() throws {
    let sample = try SampleGallery()
    let parts = try (1...3).map { sample.plan.units(of: try #require(Shard($0, of: 3))) }
    #expect(parts.joined().count == sample.plan.units.count)
    #expect(Set(parts.joined()) == Set(sample.plan.units))
    #expect(parts.map(\.count).max()! - parts.map(\.count).min()! <= 1)
    #expect(sample.plan.layers.map(\.name) == ["conv1", "left/conv", "right/conv", "fc"])
  }

  @Test("Shards are told by numbers, by Slurm's variables and by Kubernetes' index")
  func environment() throws {
    func shard(_ text: String, _ environment: [String: String] = [:]) throws -> String {
      try Shard(text, environment: environment).description
    }
    #expect(try shard("3/8") == "3 of 8")
    let slurm = [
      "SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_STEP": "2",
      "SLURM_ARRAY_TASK_COUNT": "4",
    ]
    #expect(try shard("auto", slurm) == "3 of 4")
    #expect(try shard("auto/5", ["JOB_COMPLETION_INDEX": "4"]) == "5 of 5")
    for text in ["0/3", "4/3", "3", "a/b", "auto", "auto/4", "1/0", "-1/3"] {
      #expect(throws: GalleryError.self, "\(text)") { try shard(text) }
    }
    #expect(throws: GalleryError.self) { try shard("auto/4", ["JOB_COMPLETION_INDEX": "4"]) }
    // A list with holes has no shard for its last numbers.
    #expect(throws: GalleryError.self) {
      try shard("auto", slurm.merging(["SLURM_ARRAY_TASK_ID": "90"]) { $1 })
    }
  }

  @Test("A unit's seed follows from its layer and number, not from what else is drawn")
  func seeds() {
    let unit = GalleryUnit(layer: "conv1", unit: 3)
    #expect(unit.seed(from: 0) == unit.seed(from: 0) && unit.seed(from: 0) < 1 << 32)
    let others = [
      GalleryUnit(layer: "conv1", unit: 4), GalleryUnit(layer: "conv2", unit: 3),
    ]
    #expect(
      Set(others.map { $0.seed(from: 0) } + [unit.seed(from: 0), unit.seed(from: 1)]).count == 4)
  }

  @Test(
    "A layer that does not exist is told with the nearest name, a recipe with an objective refused")
  func refusals() throws {
    let network = try SampleNetwork.classifier()
    func plan(_ layers: [String], _ units: UnitSelection = .all) throws {
      _ = try SampleGallery(network, layers: layers, units: units)
    }
    #expect { try plan(["left/conf"]) } throws: { "\($0)".contains("left/conv") }
    #expect { try plan(["nothing*"]) } throws: { "\($0)".contains("nothing*") }
    #expect(throws: GalleryError.self) { try plan(["fc"], UnitSelection("7..<9")!) }
    var recipe = SampleGallery.recipe
    recipe.objective = "channel(fc, 1)"
    #expect(throws: GalleryError.self) { _ = try SampleGallery(network, recipe: recipe) }
    recipe = SampleGallery.recipe
    recipe.prior = "diversity(conv1)"
    #expect(throws: GalleryError.self) { try SampleGallery(network, recipe: recipe).drawing() }
  }
}
