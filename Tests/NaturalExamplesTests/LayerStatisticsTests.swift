import FeatureVisualization
import Foundation
import NaturalExamples
import Testing

/// What layers are like for pictures: right numbers, bounded files, and no other network's.
@Suite("Statistics of layers") struct LayerStatisticsTests {
  private let folder: URL
  private var file: URL { folder.appendingPathComponent("statistics.json") }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("LayerStatisticsTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func statistics(_ count: Int = 5, layers: [LayerID]? = nil) throws -> LayerStatistics {
    let measurement = try LayerStatisticsMeasurement(SampleSearch.network(), layers: layers)
    for index in 0..<count { try measurement.add(SampleSearch.picture(index)) }
    return try measurement.statistics()
  }

  /// Protects the numbers: means and biased variances over positions and pictures together, computed again from whole maps.
  @Test func numbers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let network = try SampleSearch.network()
    let statistics = try statistics()
    // The convolutions; a dense layer has one position.
    #expect(statistics.layers.map(\.name) == ["conv1", "conv2"] && statistics.pictureCount == 5)
    for layer in statistics.layers {
      let maps = try (0..<5).map {
        try network.evaluate(SampleSearch.picture($0), at: .name(layer.name))
      }
      let channels = try #require(maps[0].shape.last)
      #expect(layer.mean.count == channels)
      for channel in 0..<channels {
        let values = maps.flatMap { map in
          stride(from: channel, to: map.count, by: channels).map { Double(map.elements[$0]) }
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance =
          values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(Double(layer.mean[channel]) - mean) < 1e-5)
        #expect(abs(Double(layer.variance[channel]) - variance) < 1e-5 * max(1, variance))
      }
    }
  }

  /// Protects the choice of layers: any with positions, in the order asked for; one without is refused, and so is one that
  /// is not there.
  @Test func layers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try statistics(layers: ["pool", "conv1"]).layers.map(\.name) == ["pool", "conv1"])
    for layer in ["fc", "absent"] as [LayerID] {
      #expect(throws: VisualizationError.self) { _ = try statistics(layers: [layer]) }
    }
    #expect(throws: VisualizationError.self) { _ = try statistics(0) }
  }

  /// Protects files: what is read is what was written, the same bytes each time.
  @Test func files() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = try statistics()
    try written.save(to: file)
    let bytes = try Data(contentsOf: file)
    #expect(try LayerStatistics(contentsOf: file, for: SampleSearch.network()) == written)
    try statistics().save(to: file)
    #expect(try Data(contentsOf: file) == bytes)
  }

  /// Protects recipes from numbers of another network, of other weights, or fed otherwise.
  @Test func otherNetworks() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try statistics().save(to: file)
    let others = [
      try SampleSearch.network(seed: 2),
      try SampleSearch.network().specifying(InputSpecification()),
    ]
    for network in others {
      #expect(throws: LayerStatisticsError.otherNetwork(file: file.relativePath)) {
        _ = try LayerStatistics(contentsOf: file, for: network)
      }
    }
  }

  /// Protects readers from files that somebody changed: each fault is told, and nothing traps.
  @Test(arguments: [
    ("\"format\":\"layer-statistics-1\"", "\"format\":\"other\"", "its format 'other'"),
    ("\"pictures\":5", "\"pictures\":0", "0 pictures"),
    ("\"pictures\":5", "\"pictures\":1e999", "pictures"),
    ("\"name\":\"conv2\"", "\"name\":\"conv1\"", "twice"),
    ("\"name\":\"conv2\"", "\"name\":\"conv9\"", "no layer 'conv9'"),
    ("\"mean\":[", "\"mean\":[0.5,", "means"),
    ("\"variance\":[", "\"variance\":[-1,", "means"),
    ("{", "", "damaged"),
  ])
  func damaged(old: String, new: String, reason: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try statistics().save(to: file)
    let text = try String(contentsOf: file, encoding: .utf8)
    let place = try #require(text.range(of: old))
    try text.replacingCharacters(in: place, with: new).write(
      to: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: LayerStatisticsError.self) {
      _ = try LayerStatistics(contentsOf: file, for: SampleSearch.network())
    }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error)) is no damage")
      return
    }
    #expect("\(String(describing: error?.description))".contains(reason))
  }

  /// Protects negative variances, which no picture has, from being taken for some.
  @Test func negativeVariance() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try statistics().save(to: file)
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing(/"variance":\[[\d.e-]+/, with: "\"variance\":[-1").write(
      to: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: LayerStatisticsError.self) {
      _ = try LayerStatistics(contentsOf: file, for: SampleSearch.network())
    }
    #expect("\(String(describing: error?.description))".contains("a negative variance"))
    #expect(throws: LayerStatisticsError.self) {
      _ = try LayerStatistics(
        contentsOf: folder.appendingPathComponent("absent.json"), for: SampleSearch.network())
    }
  }

  /// Protects what they are measured for: a recommended recipe of a network without normalizations holds pictures near them.
  @Test func recipe() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let network = try SampleSearch.network()
    let statistics = try statistics()
    var distances: [Float] = []
    for prior in [nil, statistics.prior] {
      var recipe = try Preset.recommended(for: network, layer: "fc", statistics: prior)
      #expect(recipe.regularizers.terms.count == (prior == nil ? 0 : 1))
      recipe.iterations = 100
      let drawn = try network.visualizeActivation(of: "fc", units: "bee", preset: recipe)
      distances.append(
        try ObjectiveEvaluator(network, statistics.prior.asObjective).values(at: drawn.pictures)[0])
    }
    // What is raised is minus the distance.
    #expect(distances[1] > distances[0] + 0.1, "\(distances)")
    let hidden = try Preset.recommended(for: network, layer: "conv1", statistics: statistics.prior)
    let known = try #require(hidden.regularizers.terms.first?.loss as? BatchStatistics)
    #expect(known.layers.map(\.layer) == ["conv1"])
    #expect(hidden.reasons.contains { $0.contains("1 layers before 'conv1' were measured") })
  }
}
