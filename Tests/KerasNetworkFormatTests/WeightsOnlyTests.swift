import ConvolutionalNetworks
import Foundation
import NetworkFormats
import Testing

@testable import KerasNetworkFormat

/// Protects weights without a model, which are listed and read from every container that Keras has for them.
@Suite struct WeightsOnlyTests {
  private func url(_ name: String) throws -> URL {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return folder.appendingPathComponent("Weights/\(name)")
  }

  private let shapes = [[2, 2, 2, 3], [3], [3], [3], [3], [3], [27, 2], [2]]

  @Test(arguments: ["keras3.weights.h5", "tf_keras.weights.h5", "weights.keras"])
  func `numbered weights`(file: String) throws {
    let url = try url(file)
    #expect(try !KerasFile.holdsModel(url))
    let weights = try KerasFile.weights(url)
    let names = [
      "layers/batch_normalization/vars/0", "layers/batch_normalization/vars/1",
      "layers/batch_normalization/vars/2", "layers/batch_normalization/vars/3",
      "layers/conv2d/vars/0", "layers/conv2d/vars/1", "layers/dense/vars/0", "layers/dense/vars/1",
    ]
    #expect(weights.names == names)
    #expect(weights.shape(of: "layers/conv2d/vars/0") == [2, 2, 2, 3])
    #expect(weights.names.compactMap { weights.shape(of: $0)?.count }.count == shapes.count)
    let ramp: [Float] = (0..<54).map { i in Float(i % 17) / 4 - 2 }
    #expect(try weights.tensor(named: "layers/dense/vars/0").elements == ramp)
    #expect(weights.notes == ["what the optimizer keeps is left aside"])
  }

  @Test func `weights by the names of their layers`() throws {
    let weights = try KerasFile.weights(url("legacy.h5"))
    #expect(
      weights.names == [
        "first/kernel", "first/bias", "second/gamma", "second/beta", "second/moving_mean",
        "second/moving_variance", "last/kernel", "last/bias",
      ])
    #expect(weights.names.map { weights.shape(of: $0) } == shapes)
  }

  /// Protects against groups that hold themselves.
  @Test func `groups in circles`() throws {
    let weights = try KerasFile.weights(url("circles.h5"))
    #expect(Set(weights.names) == ["a/w", "same"])
    #expect(try weights.tensor(named: "a/w").shape == [2, 3])
  }

  @Test(arguments: ["keras3.weights.h5", "weights.keras"])
  func `there is no model`(file: String) throws {
    let error = #expect(throws: KerasError.self) { try KerasFile.load(url(file)) }
    #expect(error?.problem == .weightsOnly)
  }
}
