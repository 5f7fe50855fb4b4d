import FeatureVisualization
import Foundation
import NaturalExamples
import PictureFiles
import Testing

/// Protects what people read off natural examples: the right pictures, values, places and patches.
@Suite("Natural examples") struct NaturalExampleSearchTests {
  /// The maximum of each unit and its first position, by a pass of each picture alone.
  private func maxima(_ count: Int, layer: LayerID) throws -> [[(value: Float, place: Int)]] {
    let network = try SampleSearch.network()
    return try (0..<count).map { index in
      let map = try network.evaluate(SampleSearch.picture(index), at: layer)
      let units = map.shape[map.rank - 1]
      return (0..<units).map { unit in
        let values = stride(from: unit, to: map.count, by: units).map { map.elements[$0] }
        let largest = values.max() ?? .nan
        return (largest, values.firstIndex(of: largest) ?? -1)
      }
    }
  }

  /// Protects ranking, positions and means against sorting all of it.
  @Test(arguments: ["relu1", "conv2", "fc"]) func agreesWithSorting(layer: String) throws {
    let count = 50
    let search = try NaturalExampleSearch(
      SampleSearch.network(), layer: .name(layer), count: 4, batch: 7)
    try SampleSearch.feed(search, 0..<count)
    let found = try search.examples()
    let maxima = try maxima(count, layer: .name(layer))
    #expect(found.pictureCount == count && found.skippedCount == 0 && found.layer == layer)
    #expect(found.units.map(\.unit) == Array(0..<maxima[0].count))
    for unit in found.units {
      let values = maxima.map { $0[unit.unit].value }
      let order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }.prefix(4)
      #expect(unit.best.map(\.order) == Array(order))
      #expect(unit.best.map(\.name) == order.map(SampleSearch.name))
      #expect(unit.best.map(\.value) == order.map { values[$0] })
      let mean = values.reduce(0) { $0 + Double($1) } / Double(count)
      #expect(abs(unit.mean - mean) < 1e-9)
      #expect(unit.maxima.count == count && unit.nonFiniteCount == 0)
      #expect(unit.maxima.quantile(1) == values.max() && unit.maxima.quantile(0) == values.min())
      #expect((0..<4).map(unit.share) == [1, 0.98, 0.96, 0.94])
      for (example, index) in zip(unit.best, order) {
        guard layer != "fc" else {
          #expect(example.position == nil)
          continue
        }
        let width = layer == "conv2" ? 4 : 12
        let place = maxima[index][unit.unit].place
        #expect(example.position == .cell(row: place / width, column: place % width))
      }
    }
  }

  /// Protects patches: what lies outside has no say in the value, and what lies inside has.
  @Test func patchesAreWhatTheUnitSees() throws {
    let network = try SampleSearch.network()
    let search = try NaturalExampleSearch(network, layer: "conv2", units: [1, 3], count: 5)
    try SampleSearch.feed(search, 0..<20)
    for unit in try search.examples().units {
      for example in unit.best {
        // 3×3 over pooled 2×2 over 3×3: 8 pixels, fewer at the edges.
        #expect((7...8).contains(example.field.rows.count))
        let picture = SampleSearch.picture(example.order)
        func value(_ change: (Int, Int) -> Bool) throws -> Float {
          var changed = picture
          for y in 0..<SampleSearch.side {
            for x in 0..<SampleSearch.side where change(y, x) {
              for channel in 0..<3 { changed[0, y, x, channel] = 0 }
            }
          }
          guard case .cell(let row, let column) = example.position else { return .nan }
          return try network.evaluate(changed, at: "conv2")[0, row, column, unit.unit]
        }
        let field = example.field
        let outside = try value { !field.rows.contains($0) || !field.columns.contains($1) }
        #expect(outside == example.value)
        #expect(
          try value { field.rows.contains($0) && field.columns.contains($1) } != example.value)
        #expect(
          picture.cropped(to: field).shape == [1, field.rows.count, field.columns.count, 3])
      }
    }
  }

  /// Protects layers without positions: the whole picture is what they see.
  @Test func wholePictures() throws {
    let search = try NaturalExampleSearch(
      SampleSearch.network(), layer: "fc", units: ["bee", "elk"], count: 1)
    try SampleSearch.feed(search, 0..<3)
    let found = try search.examples()
    #expect(found.units.map(\.unit) == [1, 4])
    #expect(
      found.units.allSatisfy {
        $0.best[0].field == MapRegion(rows: 0..<SampleSearch.side, columns: 0..<SampleSearch.side)
      })
  }

  /// Protects results from the batch, from questions in between, and from units that nobody asked for.
  @Test func doesNotDependOnBatches() throws {
    func run(batch: Int, asking: Bool, units: [Int]) throws -> [UnitExamples] {
      let search = try NaturalExampleSearch(
        SampleSearch.network(), layer: "conv2", units: units, count: 3, batch: batch)
      for index in 0..<23 {
        try SampleSearch.feed(search, [index])
        if asking, index.isMultiple(of: 5) { _ = try search.examples() }
      }
      return try search.examples().units
    }
    let expected = try run(batch: 1, asking: false, units: [0, 1, 2, 3, 4, 5])
    for (batch, asking) in [(8, false), (5, true), (64, true)] {
      for (one, other) in zip(try run(batch: batch, asking: asking, units: [5, 2, 2]), [5, 2]) {
        #expect(one.unit == other && one.best == expected[other].best)
        #expect(one.mean == expected[other].mean && one.maxima == expected[other].maxima)
      }
    }
  }

  /// Protects the order of equal pictures, and one source from filling a row.
  @Test func tiesGoToTheFirst() throws {
    let search = try NaturalExampleSearch(
      SampleSearch.network(), layer: "conv2", units: 0, count: 3, batch: 2)
    for index in [4, 4, 1, 4, 4] {
      try search.add(SampleSearch.picture(index), named: "\(search.seenCount)")
    }
    let best = try search.examples().units[0].best
    let value = best.map(\.value).max()
    let first = best.filter { $0.value == value }.map(\.order)
    #expect(first == (first == [2] ? [2] : [0, 1, 3]))
    #expect(Set(best.map(\.name)).count == 3)
  }

  /// Protects a stream of which some pictures cannot be read, and a unit that is not finite for some.
  @Test func skippedAndNonFinite() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "data", shape: [nil, 2, 2, 3], channelAxis: 3,
          specification: try InputSpecification(mean: [0.5]))
      ], layers: [Layer("root", MathFunction.squareRoot, inputs: ["data"])], outputs: ["root"])
    let search = try NaturalExampleSearch(network, layer: "root", units: 0, count: 2)
    for (index, level) in [Float(0.75), 0.25, 1].enumerated() {
      try search.add(Tensor(shape: [2, 2, 3], repeating: level), named: "\(index)")
      search.skip("lost \(index)", because: "damaged")
    }
    let found = try search.examples()
    #expect(found.pictureCount == 3 && found.skippedCount == 3 && search.seenCount == 6)
    #expect(found.skipped.map(\.name) == ["lost 0", "lost 1", "lost 2"])
    #expect(found.units[0].nonFiniteCount == 1 && found.units[0].maxima.count == 2)
    #expect(found.units[0].best.map(\.order) == [4, 0])
  }

  /// Protects against arguments that nothing can be found by; each names what is wrong.
  @Test func wrongArguments() throws {
    let network = try SampleSearch.network()
    #expect(throws: VisualizationError.invalidArgument("count", "0 is not positive")) {
      try NaturalExampleSearch(network, layer: "fc", count: 0)
    }
    #expect(throws: VisualizationError.unitOutOfRange(unit: 6, layer: "conv2", count: 6)) {
      try NaturalExampleSearch(network, layer: "conv2", units: 6)
    }
    #expect(
      throws: VisualizationError.labelsOfOtherLayer(
        wanted: "ant", layer: "conv2", units: 6, labels: 5)
    ) { try NaturalExampleSearch(network, layer: "conv2", units: "ant") }
    #expect(throws: VisualizationError.unknownLayer("conv3", nearest: ["conv1", "conv2"])) {
      try NaturalExampleSearch(network, layer: "conv3")
    }
    let search = try NaturalExampleSearch(network, layer: "fc")
    #expect(throws: VisualizationError.self) {
      try search.add(Tensor(shape: [1, 5, 5, 3]), named: "small")
    }
    #expect(search.seenCount == 0)
    #expect(try search.examples().units.allSatisfy { $0.best.isEmpty && $0.mean == 0 })
  }
}
