import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

extension ModelBuilder {
  /// Loads the model on a small stack, within seconds.
  func loadOnSmallStack(
    folder: URL = FileManager.default.temporaryDirectory, limits: ReadingLimits = ReadingLimits()
  ) throws -> Result<LoadedNetwork, ONNXError> {
    nonisolated(unsafe) var result: Result<LoadedNetwork, ONNXError>?
    let seconds = try SmallStack.run {
      do throws(ONNXError) {
        result = .success(
          try ONNXFile.load(
            model, path: "model.onnx", folder: folder, constants: [:], limits: limits))
      } catch { result = .failure(error) }
    }
    #expect(seconds < 20, "\(seconds) s")
    return try #require(result)
  }
}
