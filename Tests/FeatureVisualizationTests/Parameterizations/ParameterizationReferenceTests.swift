import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Pictures and gradients are those of the formulas in float64, which Scripts/References/parameterizations_reference.py computes
/// with NumPy: odd and even sides, planes shared along a batch.
struct ParameterizationReferenceTests {
  struct Reference: Decodable {
    struct Case: Decodable, CustomTestStringConvertible {
      let name: String
      let height: Int
      let width: Int
      let parameters: [Float]
      let weights: [Float]
      let picture: [Float]
      let gradient: [Float]
      let exponent: Float?
      let photo: [Float]?
      let index: Int?
      let count: Int?
      let hidden: Int?
      let layers: Int?

      var testDescription: String { "\(name), \(height)×\(width)" }

      var parameterization: any Parameterization {
        switch name {
        case "maco": MagnitudeConstrained(magnitude: .powerLaw(exponent: exponent ?? .nan))
        case "bounded":
          MagnitudeBounded(by: Tensor(shape: [1, height, width, 3], elements: photo ?? []))
        case "pyramid": LaplacianPyramid()
        case "lowres":
          LowResolution(
            [.shared(2), .shared(4), .shared(4, sets: 2), .shared(8, sets: 3)],
            addedTo: Fourier())
        default: CPPN(hiddenChannels: hidden ?? 0, hiddenLayers: layers ?? 0)
        }
      }
    }

    let cases: [Case]

    static func load() throws -> Reference {
      let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      let file = package.appendingPathComponent(
        "Scripts/References/parameterizations-reference.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }
  }

  @Test func `every formula is there`() throws {
    let names = Set(try Reference.load().cases.map(\.name))
    #expect(names == ["maco", "bounded", "pyramid", "lowres", "cppn"])
  }

  @Test(arguments: try Reference.load().cases)
  func `pictures and gradients are those of the formula`(reference: Reference.Case) throws {
    let size = PictureSize(height: reference.height, width: reference.width)
    let decoder = try reference.parameterization.decoder(
      size, picture: reference.index ?? 0, of: reference.count ?? 1)
    #expect(decoder.parameterCount == reference.parameters.count)
    let picture = decoder.decoded(reference.parameters, size)
    #expect(largestDifference(picture, reference.picture) < 2e-6)
    let gradient = decoder.pulledBack(
      reference.weights, at: reference.parameters, picture: picture)
    let largest = reference.gradient.map(abs).max() ?? 0
    #expect(largestDifference(gradient, reference.gradient) < 2e-5 * largest)
  }
}
