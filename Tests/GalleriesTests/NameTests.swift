import FeatureVisualization
import Foundation
import Testing

@testable import Galleries

@Suite("Names of layers and units") struct NameTests {
  private static let names = [
    "a/b", "A/B", "a_b", "../../up", "größe", "GRÖSSE", "con", "日本", ".", " ", "a\nb",
    "\"</script>\"",
    String(repeating: "long", count: 100),
  ]

  @Test(
    "Layers with slashes, Unicode and names equal but for case have folders of their own, in the gallery"
  )
  func folders() throws {
    var layers: [Layer] = []
    var value = "data"
    for name in Self.names {
      layers.append(
        Layer(
          name, Convolution(weights: Tensor(shape: [3, 1, 1, 3], repeating: 0.3)), inputs: [value]))
      value = name
    }
    let network = try SampleNetwork.network(layers, output: value)
    let sample = try SampleGallery(network, units: UnitSelection("0")!)
    try sample.finish()
    let folders = try FileManager.default.contentsOfDirectory(atPath: sample.file("pictures").path)
    #expect(Set(folders.map { $0.lowercased() }).count == Self.names.count)
    #expect(folders.allSatisfy { $0.utf8.count < 80 && $0.utf8.allSatisfy { $0 > 32 && $0 < 127 } })
    #expect(try sample.draw().kept == Self.names.count)
  }

  @Test("Folders and pages have at most 1,000 units, however many a layer has")
  func largeLayers() throws {
    let layer = GalleryPlan.Layer(
      name: "fc", position: 7, unitCount: 21_843, units: Array(0..<21_843))
    let paths = layer.units.map { GalleryPaths.picture(of: $0, in: layer) }
    #expect(Set(paths).count == 21_843)
    let folders = Dictionary(grouping: paths) { $0.split(separator: "/").dropLast().joined() }
    #expect(folders.count == 22 && folders.values.allSatisfy { $0.count <= 1000 })
    #expect(paths[21_842] == "pictures/007-fc/021/21842.png")
  }
}
