import Attribution
import Foundation
import NetworkFormats
import Testing

/// Maps that other packages make, with the networks that they make them for: see `make_attribution_fixtures.py`.
struct PeerMaps: Decodable {
  /// The class that they are about.
  let `class`: Int
  /// Numbers in row-major order, channels last.
  let maps: [String: [Float]]

  static let side = 16

  init(_ name: String) throws {
    self = try JSONDecoder().decode(
      PeerMaps.self, from: try Data(contentsOf: Self.file("\(name).json")))
  }

  /// A small network that takes pictures of 0…1 as they are: "smooth" or "rectified".
  static func network(_ name: String) throws -> NeuralNetwork {
    try ONNXFile.load(file("\(name).onnx")).network.specifying(try InputSpecification())
  }

  /// The picture that maps are of, but for those of GoogLeNet.
  static var picture: Tensor {
    var generator = SeededGenerator(seed: 4)
    return Tensor(
      shape: [1, side, side, 3],
      elements: (0..<side * side * 3).map { _ in Float(generator.uniform()) })
  }

  /// A peer's map.
  func callAsFunction(_ name: String) throws -> [Float] {
    try #require(maps[name], "no map \(name)")
  }

  private static func file(_ name: String) -> URL {
    Bundle.module.url(forResource: "Fixtures", withExtension: nil)!
      .appendingPathComponent(name)
  }
}

/// The largest difference, in units of the largest magnitude of `expected`.
func relativeDifference(_ found: [Float], _ expected: [Float]) -> Float {
  guard found.count == expected.count else { return .infinity }
  let scale = expected.map(abs).max() ?? 0
  let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
  return scale > 0 ? difference / scale : difference
}

/// Pearson's correlation; 0 where one is constant.
func correlation(_ found: [Float], _ expected: [Float]) -> Double {
  guard found.count == expected.count, !found.isEmpty else { return 0 }
  let (a, b) = (found.map(Double.init), expected.map(Double.init))
  let (meanA, meanB) = (
    a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count)
  )
  var (ab, aa, bb) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a, b) {
    ab += (x - meanA) * (y - meanB)
    aa += (x - meanA) * (x - meanA)
    bb += (y - meanB) * (y - meanB)
  }
  return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
}
