import ConvolutionalNetworks
import Foundation

/// What an original computes with weights from a hash: a file of Scripts/References/architectures.py.
struct ArchitectureFixture: Decodable {
  let input: [Int]
  let tensors: Int
  let parameters: Int
  let output: Summary
  let unit: Int
  let gradient: Summary

  /// An array by its norm and some of its elements.
  struct Summary: Decodable {
    let count: Int
    let norm: Double
    let samples: [Double]

    /// The relative L2 error of the samples, or that of the norm where it is larger.
    func error(of tensor: Tensor) -> Double {
      let values = tensor.elements.map(Double.init)
      guard values.count == count else { return .infinity }
      let places =
        count < samples.count
        ? Array(0..<count) : samples.indices.map { $0 * count / samples.count }
      let difference = zip(places, samples).reduce(0) { $0 + pow(values[$1.0] - $1.1, 2) }
      let reference = samples.reduce(0) { $0 + $1 * $1 }
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return max((difference / reference).squareRoot(), abs(norm - self.norm) / self.norm)
    }

    /// The largest error of the samples in units of the largest of them.
    func largestError(of tensor: Tensor) -> Double {
      let values = tensor.elements.map(Double.init)
      guard values.count == count else { return .infinity }
      let places =
        count < samples.count
        ? Array(0..<count) : samples.indices.map { $0 * count / samples.count }
      let largest = samples.map(abs).max() ?? 0
      return zip(places, samples).map { abs(values[$0] - $1) }.max().map { $0 / largest } ?? 0
    }
  }

  init(_ name: String) throws {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    self = try JSONDecoder().decode(
      Self.self, from: Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).json")))
  }
}
