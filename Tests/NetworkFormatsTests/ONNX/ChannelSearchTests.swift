import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// The channels of an input are found by the first convolution, whatever the file leaves free.
@Suite("ONNX: channels of inputs")
struct ChannelSearchTests {
  private func axis(_ shape: [Int64?], _ build: (inout ModelBuilder) -> Void) throws -> Int? {
    var model = ModelBuilder()
    model.input("x", shape)
    model.floats("w", [4, 3, 1, 1], [Float](repeating: 0.5, count: 12))
    build(&model)
    model.output("y")
    return try model.load().network.inputs[0].channelAxis
  }

  /// Protects pictures with channels last that are scaled and turned before the first convolution, of any free size.
  @Test(arguments: [[nil, nil, nil, 3], [1, nil, nil, nil], [nil, 32, 32, 3]] as [[Int64?]])
  func channelsLast(shape: [Int64?]) throws {
    let found = try axis(shape) {
      $0.floats("scale", [], [0.5])
      $0.node("Mul", ["x", "scale"], ["scaled"])
      $0.node("Transpose", ["scaled"], ["turned"], ["perm": [0, 3, 1, 2]])
      $0.node("Conv", ["turned", "w"], ["y"])
    }
    #expect(found == 3)
  }

  /// Protects channels first where another extent looks like channels.
  @Test func channelsFirst() throws {
    #expect(try axis([1, nil, nil, 3]) { $0.node("Conv", ["x", "w"], ["y"]) } == 1)
  }

  /// Protects the guess by extents where no layer tells.
  @Test func noConvolution() throws {
    #expect(try axis([1, 8, 8, 3]) { $0.node("Flatten", ["x"], ["y"]) } == 3)
    #expect(try axis([1, 3, 8, 8]) { $0.node("Flatten", ["x"], ["y"]) } == 1)
  }
}
