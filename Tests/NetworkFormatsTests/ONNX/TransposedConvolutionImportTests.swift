import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

@Suite("ONNX: transposed convolutions")
struct TransposedConvolutionImportTests {
  /// Protects the order of weights (input channels, output channels of a group, kernel in the file) and the
  /// attributes.
  @Test func attributes() throws {
    let model = ModelBuilder.single(
      "ConvTranspose", shape: [nil, 2, 3, 3], others: ["w", "b"],
      ["strides": [2, 3], "pads": [1, 0, 0, 1], "output_padding": [1, 2], "group": 2]
    ) {
      $0.floats("w", [2, 2, 1, 2], (0..<8).map { Float($0) })
      $0.floats("b", [4], [1, 2, 3, 4])
    }
    let loaded = try model.load()
    let operation: TransposedConvolution = try loaded.operation()
    #expect(operation.weights == Tensor(shape: [2, 1, 2, 2], elements: [0, 2, 1, 3, 4, 6, 5, 7]))
    #expect(operation.window.padding == .explicit(before: [1, 0], after: [0, 1]))
    #expect(try loaded.shape(for: [5, 2, 3, 3]) == [5, 4, 5, 9])
  }

  /// Protects against numbers that no file should hold.
  @Test(
    arguments: [
      ("output_padding", [1]), ("output_padding", [0, -1]), ("output_shape", [1 << 40, 4]),
      ("kernel_shape", [3, 3]),
    ] as [(String, [Int64])])
  func refusesImpossibleNumbers(name: String, numbers: [Int64]) {
    let model = ModelBuilder.single(
      "ConvTranspose", shape: [1, 1, 3, 3], others: ["w"], [name: .ints(numbers)]
    ) { $0.floats("w", [1, 1, 2, 2], [1, 2, 3, 4]) }
    #expect {
      try model.load()
    } throws: { error in
      guard case .invalidAttribute(name, _) = (error as? ONNXError)?.problem else { return false }
      return true
    }
  }
}
