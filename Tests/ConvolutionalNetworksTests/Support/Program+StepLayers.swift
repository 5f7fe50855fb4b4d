@testable import ConvolutionalNetworks

extension Program {
  /// The layers of the steps in order; an empty name stands for a copy into another axis order.
  var stepLayers: [String] { steps.map(\.layer) }
}
