import ConvolutionalNetworks
import NaturalExamples

/// What the units of a layer are called in sheets, reports and names of files.
struct ExampleNames {
  let id: LayerID
  /// The layer as people call it.
  let layer: String
  let units: [Int]
  private let labels: [String]?

  init(of search: NaturalExampleSearch, layer id: LayerID, in network: NeuralNetwork) {
    self.id = id
    if case .name(let name) = id { layer = name } else { layer = search.layer }
    units = search.units
    // Labels are those of the last layer's units, and of the layers before it that have as many.
    labels = network.labels.flatMap { labels in
      search.unitCount == labels.count ? labels : nil
    }
  }

  /// The label of the class that a unit stands for.
  func label(of unit: Int) -> String? {
    labels.flatMap { $0.indices.contains(unit) ? $0[unit] : nil }
  }

  /// `97`, or `130 flamingo`.
  func title(of unit: Int) -> String {
    "\(unit)" + (label(of: unit).map { " \($0)" } ?? "")
  }

  /// What names of files are made of: by number first, then by label.
  func stems(of unit: Int) -> [String] {
    ["\(layer)-\(unit)"] + (label(of: unit).map { ["\(layer)-\($0)"] } ?? [])
  }
}
