import ConvolutionalNetworks
import FeatureVisualization
import NaturalExamples

/// What `examples --json` prints.
struct ExampleReport: Encodable {
  let network: String
  let layer: String
  let height: Int
  let width: Int
  let pictures: Int
  let skipped: [SkippedPicture]
  let units: [Unit]

  struct Unit: Encodable {
    let unit: Int
    let label: String?
    let mean: Double
    /// The smallest maximum, the quantiles at 25, 50, 75, 90, 99 and 99.9 per cent, and the largest.
    let quantiles: [Float]
    /// Pictures of which the unit is NaN or infinite.
    let nonFinite: Int
    let examples: [Example]
  }

  struct Example: Encodable {
    let picture: String
    let value: Float
    /// The share of all pictures that have no larger maximum.
    let quantile: Double
    /// The row and the column of the maximum in the layer's map.
    let position: [Int]?
    /// The first row and column of the picture that this position sees, and those behind the last.
    let field: [Int]
  }

  init(_ found: NaturalExamples, network: String, _ names: ExampleNames) {
    self.network = network
    layer = names.layer
    (height, width) = (found.size.height, found.size.width)
    (pictures, skipped) = (found.pictureCount, found.skipped)
    units = found.units.map { unit in
      Unit(
        unit: unit.unit, label: names.label(of: unit.unit), mean: unit.mean,
        quantiles: unit.maxima.quantiles([0, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1]) ?? [],
        nonFinite: unit.nonFiniteCount,
        examples: unit.best.enumerated().map { place, example in
          var position: [Int]?
          if case .cell(let row, let column) = example.position { position = [row, column] }
          let field = example.field
          return Example(
            picture: example.name, value: example.value, quantile: unit.share(ofBest: place),
            position: position,
            field: [
              field.rows.lowerBound, field.columns.lowerBound, field.rows.upperBound,
              field.columns.upperBound,
            ])
        })
    }
  }

  /// Prints a line for each unit: its largest and median maximum, and the best pictures' names.
  static func printTable(_ found: NaturalExamples, _ names: ExampleNames) {
    var table = TextTable([.left, .right, .right, .left])
    table.add(["unit", "largest", "median", "best pictures"])
    for unit in found.units {
      table.add([
        names.title(of: unit.unit), unit.maxima.quantile(1)?.short ?? "",
        unit.maxima.quantile(0.5)?.short ?? "",
        unit.best.prefix(3).map(\.name).joined(separator: ", "),
      ])
    }
    table.print()
  }
}
