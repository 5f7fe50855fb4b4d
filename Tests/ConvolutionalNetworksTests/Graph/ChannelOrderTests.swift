import ConvolutionalNetworks
import Testing

/// Protects what channels are called and how many there are.
@Suite("Channels of inputs") struct ChannelOrderTests {
  typealias Order = InputSpecification.ChannelOrder

  @Test(arguments: [
    ("RGB", Order.rgb), ("BGR", .bgr), ("gray", .gray), ("4", .unnamed(4)),
    ("B2,B3", .named(["B2", "B3"])),
  ])
  func `descriptions are read back`(text: String, order: Order) {
    #expect(order.description == text)
    #expect(Order(text) == order)
    #expect(order.channels.count == order.channelCount)
  }

  @Test(arguments: ["", "XYZ", "0", "-1", "a,,b", ",", "99999999999999999999", "2000000"])
  func `other texts are none`(text: String) { #expect(Order(text) == nil) }

  @Test func `colours are those of pictures`() {
    #expect(Order("rgb") == .rgb && Order("GRAY") == .gray)
    #expect(Order.bgr.channels.map(\.name) == ["red", "green", "blue"])
    #expect(Order.unnamed(3).channels.map(\.name) == ["0", "1", "2"])
    #expect(Order.unnamed(3) != .rgb && !Order.unnamed(3).isColor)
  }

  @Test(arguments: [
    Order.named([]), .named(["a", "a"]), .named([""]),
    .named([InputChannel("a", color: .init(red: 2, green: 0, blue: 0))]),
    .named([InputChannel("a", color: .init(red: .nan, green: 0, blue: 0))]), .unnamed(-1),
  ])
  func `faults are refused`(order: Order) {
    #expect(throws: VisualizationError.self) { try InputSpecification(channelOrder: order) }
  }

  @Test func `each channel has a mean and a deviation`() throws {
    let specification = try InputSpecification(
      channelOrder: .named(["a", "b"]), mean: [1, 2], standardDeviation: [3])
    #expect(specification.standardDeviation == [3, 3])
    #expect(throws: VisualizationError.self) {
      try InputSpecification(channelOrder: .named(["a", "b"]), mean: [1, 2, 3])
    }
  }

  /// Protects networks that share a picture: one of other channels sees none.
  @Test func `a network of other channels is not joined`() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "x", shape: [nil, 4, 4, 2], channelAxis: 3,
          specification: try InputSpecification(channelOrder: .unnamed(2)))
      ], layers: [Layer("y", Activation(.tanh), inputs: ["x"])], outputs: ["y"])
    #expect(throws: VisualizationError.self) {
      try NeuralNetwork(joining: [JoinedNetwork("a", network), JoinedNetwork("b", network)])
    }
  }
}
