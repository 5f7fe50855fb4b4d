import CFVTestData
import FeatureVisualization
import Foundation
import NetworkFormats
import Testing

/// Networks from files with which earlier versions drew something wrong without a word.
struct FailedInputTests {
  private func network(_ name: String) throws -> NeuralNetwork? {
    guard let file = DataFolder.item("cases/\(name)") else { return nil }
    return try ONNXFile.load(file).network.specifying(InputSpecification())
  }

  @Test func `rows of a reshape to [-1, 400] are no pictures of another size`() throws {
    guard let network = try network("view-minus-one.onnx") else { return }
    let cases: [(units: [[UnitID]], height: Int, width: Int)] = [
      ([[0]], 16, 16), ([[0], [1]], 8, 4), ([[0], [1]], 16, 16),
    ]
    for (units, height, width) in cases {
      let error = #expect(throws: VisualizationError.self) {
        try network.visualizeActivation(
          of: -1, eachOf: units,
          preset: .erhan.with(\.size, InputSize(height: height, width: width)), iterations: 2)
      }
      guard case .rowsAreNoPictures = error else {
        Issue.record("\(height)×\(width): \(String(describing: error))")
        continue
      }
    }
  }

  /// Pictures that all raise one unit ended the process where they became fewer rows, or took another one's row.
  @Test(arguments: [(8, 4), (16, 16)])
  func `pictures of one objective whose rows are others' are refused`(height: Int, width: Int)
    throws
  {
    guard let network = try network("view-minus-one.onnx") else { return }
    let error = #expect(throws: VisualizationError.self) {
      try network.visualizeActivationWithLosses(
        1 * ActivationMaximization(layer: -1, units: [0]),
        preset: .erhan.with(\.size, InputSize(height: height, width: width)), iterations: 2,
        seeds: [1, 2])
    }
    guard case .rowsAreNoPictures = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a logarithm of negative numbers is an error that names its layer`() throws {
    guard let network = try network("nan-log.onnx") else { return }
    let error = #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(of: -1, units: [0], iterations: 3)
    }
    guard case .neverFinite(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("layer '"), "\(reason)")
  }
}
