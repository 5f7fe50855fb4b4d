import ConvolutionalNetworks

extension NeuralNetwork {
  /// Shapes of one example for every input, channels last, as far as the file tells.
  ///
  /// - Parameter side: height and width of feature maps, instead of those declared.
  /// - Throws: `ToolError` where the file leaves an extent open and nobody says.
  func exampleInputShapes(side: Int? = nil, batch: Int = 1) throws -> [String: [Int]] {
    var shapes: [String: [Int]] = [:]
    for input in inputs {
      let declared = input.presentedShape
      var shape: [Int] = []
      for (axis, extent) in declared.enumerated() {
        let isSide = input.channelAxis != nil && axis > 0 && axis < declared.count - 1
        if axis == 0 {
          shape.append(batch)
        } else if isSide, let side {
          shape.append(side)
        } else if let extent {
          shape.append(extent)
        } else {
          throw ToolError("input '\(input.name)' takes any size: say one with --size")
        }
      }
      shapes[input.name] = shape
    }
    return shapes
  }
}
