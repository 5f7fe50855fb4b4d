import EmbeddedNetworks
import FeatureGroups
import Testing

/// Where samples lie and which cells they are in.
@Suite("Activation atlases") struct AtlasTests {
  private static func samples(_ vectors: Tensor, _ attributions: [Float]? = nil) throws
    -> ActivationSamples
  {
    try ActivationSamples(
      layer: "map", vectors: vectors,
      places: (0..<vectors.shape[0]).map { .init(picture: $0, row: 0, column: 0) },
      attributions: attributions)
  }

  /// Limits, half-open cells, cells of more than five samples and their means, as make_fixtures.py works them out.
  @Test func `cells and means are the reference's`() throws {
    let fixture = try Fixture("atlas")
    let layout = fixture.numbers("layout")
    let places = (0..<400).map { SIMD2(Float(layout[2 * $0]), Float(layout[2 * $0 + 1])) }
    let atlas = try ActivationAtlas(
      of: Self.samples(fixture.tensor("vectors", [400, 5])), layout: .given(places), side: 6)
    #expect(
      atlas.cells.flatMap { [Double($0.row), Double($0.column)] } == fixture.numbers("cells"))
    #expect(atlas.cells.map { Double($0.samples.count) } == fixture.numbers("counts"))
    #expect(difference(atlas.cells.flatMap(\.direction), fixture.numbers("means")) < 1e-6)
  }

  /// A sample on the edge of two cells is in one of them, and those at the far edges in the last: a test that is closed on
  /// both sides counts samples twice, and one that is open at both loses them.
  @Test func `every sample is in one cell`() throws {
    // Between limits of −0.1 and 1.1 the edges of four cells are 0.2, 0.5 and 0.8: ½ lies on one of them.
    let line = (0..<9).map { Float($0) / 8 }
    let places = line.flatMap { x in line.map { SIMD2(x, $0) } }
    let vectors = Tensor(shape: [81, 1], elements: (0..<81).map { Float($0) })
    let atlas = try ActivationAtlas(
      of: Self.samples(vectors), layout: .given(places), side: 4, moreThan: 0)
    let counted = atlas.cells.flatMap(\.samples).sorted()
    #expect(counted == Array(0..<81))
  }

  /// Protects the margins: both a tenth of the same length, so that symmetric places stay symmetric.
  @Test func `the margins are alike`() throws {
    let places = (0...100).map { SIMD2(Float($0) - 50, 50 - Float($0)) }
    let vectors = Tensor(shape: [101, 1], elements: (0...100).map { Float($0) })
    let atlas = try ActivationAtlas(
      of: Self.samples(vectors), layout: .given(places), side: 2, moreThan: 0)
    // Percentiles −49 and 49, and 9.8 more on either side.
    #expect(abs(atlas.places[1].x - (9.8 / 117.6)) < 1e-6)
    for index in 0...100 {
      #expect(abs(atlas.places[index].x + atlas.places[100 - index].x - 1) < 1e-5)
    }
  }

  /// An atlas of one class has the samples that speak for it and no others.
  @Test func `attributions above 0 speak for the class`() throws {
    let vectors = Tensor(shape: [4, 2], elements: [1, 2, 3, 4, 5, 6, 7, 8])
    let chosen = try Self.samples(vectors, [1, -1, 0, 2]).speakingForClass()
    #expect(chosen.vectors.elements == [1, 2, 7, 8])
    #expect(chosen.places.map(\.picture) == [0, 3])
    let strongest = try Self.samples(vectors, [1, 3, 0, 2]).speakingForClass(strongest: 0.5)
    #expect(strongest.places.map(\.picture) == [1, 3])
    #expect(throws: VisualizationError.self) {
      try Self.samples(vectors, [1, 3, 0, 2]).speakingForClass(strongest: 0)
    }
    #expect(throws: VisualizationError.self) { try Self.samples(vectors).speakingForClass() }
    #expect(throws: VisualizationError.self) {
      try Self.samples(vectors, [-1, -1, 0, -2]).speakingForClass()
    }
  }

  @Test func `what makes no atlas is refused`() throws {
    let one = try Self.samples(Tensor(shape: [1, 2], repeating: 1))
    #expect(throws: VisualizationError.self) { try ActivationAtlas(of: one, layout: .principal()) }
    let few = try Self.samples(Tensor(shape: [3, 2], elements: [1, 2, 3, 4, 5, 7]))
    #expect(throws: VisualizationError.self) { try ActivationAtlas(of: few, layout: .principal()) }
    #expect(throws: VisualizationError.self) {
      try ActivationAtlas(of: few, layout: .given([.zero]), moreThan: 0)
    }
    // A layout of somebody's own that breaks its promise.
    struct Broken: AtlasLayout {
      var name: String { "broken" }
      func coordinates(of vectors: Tensor) -> [SIMD2<Float>] { [SIMD2(.nan, 0)] }
    }
    #expect(throws: VisualizationError.self) { try ActivationAtlas(of: few, layout: Broken()) }
  }

  /// From pictures to cells: one position of each picture, the same for any batch, and attributions that are those of
  /// activations times gradients.
  @Test func `samples do not depend on the batch`() throws {
    let network = try NeuralNetwork.pictureNet()
    let layer = try network.lastFeatureMap()
    let pictures = (0..<5).map { Tensor.disc(side: 96, row: 0.3 + 0.1 * Double($0), column: 0.4) }
    func samples(_ batch: Int, for unit: UnitID?) throws -> ActivationSamples {
      let sampler = try ActivationSampler(
        network, layer: layer, attributedTo: unit, batch: batch, seed: 3)
      for picture in pictures { try sampler.add(picture) }
      return try sampler.finish()
    }
    let (one, three) = (try samples(1, for: 0), try samples(3, for: 0))
    #expect(one.vectors == three.vectors)
    #expect(one.attributions == three.attributions)
    #expect(one.places == three.places)
    #expect(one.places.map(\.picture) == [0, 1, 2, 3, 4])
    #expect(Set(one.places.map { [$0.row, $0.column] }).count > 1)
    let plain = try samples(2, for: nil)
    #expect(plain.vectors == one.vectors)
    #expect(plain.attributions == nil)
    let map = try network.evaluate(pictures[2], at: layer)
    let gradient = try network.replacingFinalActivations().gradient(
      of: network.scoreLayer, at: pictures[2], for: 0, withRespectTo: layer)
    let place = one.places[2]
    var expected: Float = 0
    for unit in 0..<map.shape[3] {
      #expect(one.vectors[2, unit] == map[0, place.row, place.column, unit])
      expected +=
        map[0, place.row, place.column, unit] * gradient[0, place.row, place.column, unit]
    }
    #expect(abs((one.attributions?[2] ?? .nan) - expected) < 1e-4 * max(1, abs(expected)))
  }

  /// A grey picture among colours is one of the batch.
  @Test func `grey pictures and colours make one batch`() throws {
    let network = try NeuralNetwork.pictureNet()
    let sampler = try ActivationSampler(
      network, layer: try network.lastFeatureMap(), attributedTo: 0, batch: 2)
    let gray = Tensor(shape: [1, 96, 96, 1], repeating: 0.3)
    try sampler.add(.disc(side: 96))
    try sampler.add(gray)
    let samples = try sampler.finish()
    let map = try network.evaluate(gray, at: .name(samples.layer))
    let place = samples.places[1]
    #expect(samples.vectors[1, 0] == map[0, place.row, place.column, 0])
  }

  /// All positions, some of them, and a border that is left out.
  @Test func `positions are those asked for`() throws {
    let network = try NeuralNetwork.pictureNet()
    let layer = try network.lastFeatureMap()
    let shape = try network.evaluate(Tensor.disc(side: 96), at: layer).shape
    func places(_ positions: ActivationSampler.Positions, border: Int = 0) throws
      -> [ActivationSamples.Place]
    {
      let sampler = try ActivationSampler(
        network, layer: layer, positions: positions, border: border)
      try sampler.add(.disc(side: 96))
      return try sampler.finish().places
    }
    #expect(try places(.all).count == shape[1] * shape[2])
    #expect(Set(try places(.random(perPicture: 3))).count == 3)
    let inner = try places(.all, border: 1)
    #expect(inner.count == (shape[1] - 2) * (shape[2] - 2))
    #expect(inner.allSatisfy { (1..<shape[1] - 1).contains($0.row) })
    #expect(throws: VisualizationError.self) { try places(.all, border: shape[1]) }
    #expect(throws: VisualizationError.self) {
      let sampler = try ActivationSampler(network, layer: layer)
      try sampler.add(.disc(side: 95))
    }
    #expect(throws: VisualizationError.self) {
      try ActivationSampler(network, layer: layer).finish()
    }
  }
}
