import FeatureVisualization
import Foundation
import Testing

/// A loss stated in NumPy in float64, by Scripts/References/objectives.py.
struct ObjectiveFixture: Decodable, CustomTestStringConvertible {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Float]
    var tensor: Tensor { Tensor(shape: shape, elements: values) }
  }

  let name: String
  /// What the loss looks at.
  let tensors: [Array]
  /// What it is made of.
  let parameters: [String: Array]
  /// The value for each picture.
  let values: [Double]
  let scales: [Float]
  /// The gradient of Σ scale · value with respect to the first tensor.
  let gradient: [Double]

  var testDescription: String { name }

  /// A parameter of the case.
  func callAsFunction(_ name: String) -> Tensor { parameters[name]?.tensor ?? Tensor(shape: [0]) }

  static let all: [ObjectiveFixture] = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = package.appendingPathComponent("Scripts/References/objectives.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([ObjectiveFixture].self, from: data)) ?? []
  }()
}
