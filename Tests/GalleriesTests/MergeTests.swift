import FeatureVisualization
import Foundation
import NetworkArchitectures
import PictureFiles
import Testing

@testable import Galleries

@Suite("What a merge finds out") struct MergeTests {
  private struct Manifest: Decodable {
    let schema: Int
    let layers: [Layer]

    struct Layer: Decodable {
      let name: String
      let units: [Unit]
    }

    struct Unit: Decodable {
      let unit: Int
      let label: String?
      let score: Float?
      let files: [String: UnitRecord.File]
      let neighbours: [Neighbour]
      let before: [Connection]
      let after: [Connection]
    }

    struct Neighbour: Decodable {
      let unit: Int
      let cosine: Float
    }

    struct Connection: Decodable {
      let layer: String
      let unit: Int
      let weight: Float
    }
  }

  private func manifest(_ sample: SampleGallery) throws -> Manifest {
    try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: sample.file("manifest.json")))
  }

  @Test("Neighbours are the cosines of mean responses to all pictures of the layer")
  func neighbours() throws {
    let sample = try SampleGallery()
    try sample.finish()
    let layer = try manifest(sample).layers[0]
    // [picture][unit]
    let responses = try layer.units.map { unit in
      let picture = try PictureFile(sample.file(unit.files["picture"]!.path)).read()
      let map = try sample.network.evaluate(picture, at: "conv1")
      return (0..<4).map { channel in
        let values = map.elements.enumerated().filter { $0.offset % 4 == channel }
        return values.reduce(0) { $0 + Double($1.element) } / Double(values.count)
      }
    }
    func cosine(_ a: Int, _ b: Int) -> Double {
      func product(_ a: Int, _ b: Int) -> Double { responses.reduce(0) { $0 + $1[a] * $1[b] } }
      return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    }
    for unit in layer.units {
      let expected = (0..<4).filter { $0 != unit.unit && cosine(unit.unit, $0) > 0 }
        .sorted { cosine(unit.unit, $0) > cosine(unit.unit, $1) }
      #expect(unit.neighbours.map(\.unit) == expected)
      for neighbour in unit.neighbours {
        #expect(abs(Double(neighbour.cosine) - cosine(unit.unit, neighbour.unit)) < 1e-5)
      }
    }
  }

  @Test(
    "Connections are the weights between layers of the gallery, through pooling, joined branches and means"
  )
  func connections() throws {
    let sample = try SampleGallery()
    try sample.finish()
    let layers = try manifest(sample).layers
    let dense = try #require(sample.network.layer("fc").operation as? Dense).weights
    let left = try #require(sample.network.layer("left/conv").operation as? Convolution).weights
    for unit in layers[3].units {
      // Units 0…2 of the joined maps are the left branch's, 3 and 4 the right's.
      let expected = (0..<5).sorted { abs(dense[unit.unit, $0]) > abs(dense[unit.unit, $1]) }
      #expect(unit.before.map { $0.layer == "left/conv" ? $0.unit : 3 + $0.unit } == expected)
      #expect(unit.before.map(\.weight) == expected.map { dense[unit.unit, $0] })
      #expect(unit.after.isEmpty)
    }
    for unit in layers[1].units {
      #expect(
        unit.before.allSatisfy {
          $0.layer == "conv1" && $0.weight == left[unit.unit, 0, 0, $0.unit]
        })
      #expect(unit.after.allSatisfy { $0.layer == "fc" && $0.weight == dense[$0.unit, unit.unit] })
      #expect(unit.before.count == 4 && unit.after.count == 5)
    }
    for unit in layers[0].units {
      #expect(Set(unit.after.map(\.layer)) == ["left/conv", "right/conv"] && unit.before.isEmpty)
    }
  }

  @Test(
    "A kernel of several positions counts with the root of its sum of squares and the sign of its sum"
  )
  func kernels() throws {
    let weights = Tensor(shape: [1, 1, 2, 2], elements: [3, -1, 4, -2])
    let convolution = try #require(WeightStrengths(Convolution(weights: weights), map: nil))
    #expect(convolution[0, 0] == 5 && abs(convolution[0, 1] + Float(5).squareRoot()) < 1e-6)
    let dense = Dense(weights: Tensor(shape: [1, 4], elements: [3, 4, -1, -2]))
    let map = try #require(WeightStrengths(dense, map: (channels: 2, isByChannels: true)))
    #expect(map[0, 0] == 5 && map[0, 1] == convolution[0, 1])
  }

  @Test("Groups of a convolution read their own channels alone")
  func groups() throws {
    let weights = Tensor(shape: [4, 1, 1, 2], elements: (0..<8).map(Float.init))
    let strengths = try #require(
      WeightStrengths(Convolution(weights: weights, groups: 2), map: nil))
    #expect(strengths.channelCount == 4 && strengths.channels(of: 1) == 0..<2)
    #expect(strengths.channels(of: 2) == 2..<4 && strengths.units(reading: 3) == 2..<4)
    #expect(strengths[3, 2] == 6 && strengths[0, 1] == 1)
  }

  @Test(
    "The classes' names are those of the layer that makes the scores, and of no other with as many units"
  )
  func labels() throws {
    let sample = try SampleGallery(SampleNetwork.classifier(), layers: ["join", "fc"])
    try sample.finish()
    let layers = try manifest(sample).layers
    #expect(layers[0].units.count == 5 && layers[0].units.allSatisfy { $0.label == nil })
    #expect(layers[1].units.map(\.label) == ["ant", "bee", "cow", "dog", "elk"])
  }

  @Test(
    "The graph of DenseNet-121 has every convolution, each node below what it reads and no two in one place"
  )
  func denseNet() throws {
    let network = try Architecture(named: "densenet121").randomNetwork()
    let graph = LayerGraph(of: network, showing: [])
    let convolutions = graph.nodes.filter { $0.kind == "Convolution" }
    #expect(convolutions.count == 120 && graph.nodes.filter { $0.kind == "Dense" }.count == 1)
    #expect(graph.edges.allSatisfy { graph.nodes[$0[0]].rank < graph.nodes[$0[1]].rank })
    #expect(Set(graph.nodes.map { "\($0.rank) \($0.x)" }).count == graph.nodes.count)
    let read = Set(graph.edges.map { $0[0] })
    // Everything but the scores is read by somebody.
    #expect(graph.nodes.indices.filter { !read.contains($0) }.count == 1)
  }

  @Test("Scripts hand over valid JSON, a page each")
  func scripts() throws {
    let sample = try SampleGallery()
    try sample.finish()
    let scripts = try sample.site.filter { $0.key.hasPrefix("data/") && $0.key.hasSuffix(".js") }
    #expect(
      scripts.keys.sorted() == [
        "data/0-0.js", "data/3-0.js", "data/4-0.js", "data/8-0.js", "data/gallery.js",
      ])
    for (path, data) in scripts {
      let text = String(decoding: data, as: UTF8.self)
      let json = text.drop { $0 != "{" && $0 != "[" }.dropLast(3)
      #expect(throws: Never.self, "\(path)") {
        try JSONSerialization.jsonObject(with: Data(json.utf8))
      }
    }
  }
}
