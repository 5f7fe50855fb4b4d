import FeatureGroups
import Foundation
import Testing

/// Numbers that another library found: see make_fixtures.py.
struct Fixture {
  private let values: [String: [Double]]

  init(_ name: String) throws {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    let url = folder.appending(path: "\(name).json")
    values = try JSONDecoder().decode([String: [Double]].self, from: Data(contentsOf: url))
  }

  /// The numbers of this name, row after row.
  func numbers(_ name: String) -> [Double] { values[name] ?? [] }

  /// The same as a tensor.
  func tensor(_ name: String, _ shape: [Int]) -> Tensor {
    Tensor(shape: shape, elements: numbers(name).map { Float($0) })
  }
}

/// The largest difference of two lists of numbers; infinite where they are not of one length.
func difference(_ found: some Collection<Float>, _ expected: some Collection<Double>) -> Double {
  difference(found.map { Double($0) }, expected)
}

func difference(_ found: some Collection<Double>, _ expected: some Collection<Double>) -> Double {
  guard found.count == expected.count, !found.isEmpty else { return .infinity }
  return zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// The cosine of two lists of numbers.
func cosine(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  let lengths = a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 }
  return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / lengths.squareRoot()
}
