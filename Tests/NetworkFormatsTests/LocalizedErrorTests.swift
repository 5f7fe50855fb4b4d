import ConvolutionalNetworks
import Foundation
import NetworkFormats
import Testing

@Suite struct LocalizedErrorTests {
  /// Programs show `localizedDescription` of whatever they catch: it must say what the error says.
  @Test func `the engine's errors tell their reason where Foundation asks for it`() {
    let error: any Error = VisualizationError.unknownLayer("fc9", nearest: ["fc8"])
    #expect(error.localizedDescription == "\(error)")
    #expect(error.localizedDescription.contains("fc8"))
  }
}
