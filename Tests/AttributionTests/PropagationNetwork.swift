import Attribution
import Foundation
import NetworkFormats

/// The network, picture and maps of others that `make_propagation_fixtures.py` makes.
enum PropagationNetwork {
  static let unit = 0

  static func fixture(_ name: String) throws -> Tensor {
    try NumPyFile(url(name + ".npy")).read()
  }

  static func picture() throws -> Tensor { try fixture("picture") }

  static func make() throws -> NeuralNetwork {
    try ONNXFile.load(url("small.onnx")).network.specifying(
      InputSpecification(mean: [0.5], standardDeviation: [0.25]))
  }

  static func question(layer: LayerID? = nil) throws -> AttributionQuestion {
    try AttributionQuestion(
      make(), ActivationMaximization(layer: "dense2", units: unit), at: picture(), layer: layer)
  }

  static func url(_ name: String) -> URL {
    Bundle.module.url(forResource: "PropagationFixtures/" + name, withExtension: nil)
      ?? URL(fileURLWithPath: name)
  }
}

extension Tensor {
  /// The largest difference as a share of the largest magnitude of the other.
  func difference(from other: Tensor) -> Double {
    let scale = other.elements.map { Double(abs($0)) }.max() ?? 0
    let largest = zip(elements, other.elements).map { Double(abs($0 - $1)) }.max() ?? 0
    return shape == other.shape ? largest / scale : .infinity
  }

  /// Pearson's correlation.
  func correlation(with other: Tensor) -> Double {
    let (x, y) = (elements.map(Double.init), other.elements.map(Double.init))
    let (meanX, meanY) = (
      x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count)
    )
    var (products, squaresX, squaresY) = (0.0, 0.0, 0.0)
    for (x, y) in zip(x, y) {
      products += (x - meanX) * (y - meanY)
      squaresX += (x - meanX) * (x - meanX)
      squaresY += (y - meanY) * (y - meanY)
    }
    return products / (squaresX * squaresY).squareRoot()
  }

  var sum: Double { elements.reduce(0) { $0 + Double($1) } }
}
