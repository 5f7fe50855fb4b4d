import ConvolutionalNetworks

extension NetworkInput {
  /// The shape of examples, channels last, as far as the file tells.
  ///
  /// - Parameter extent: height and width of a feature map, or the length of a signal, instead of those declared.
  /// - Throws: `ToolError` where the file leaves an extent open and nobody says.
  func exampleShape(_ extent: PictureExtent?, batch: Int = 1) throws -> [Int] {
    let declared = presentedShape
    var shape: [Int] = []
    for (axis, declaredExtent) in declared.enumerated() {
      let isSide = channelAxis != nil && axis > 0 && axis < declared.count - 1
      if axis == 0 {
        shape.append(batch)
      } else if isSide, let extent {
        shape.append(axis == 1 && declared.count == 4 ? extent.height : extent.width)
      } else if let declaredExtent {
        shape.append(declaredExtent)
      } else if isSide {
        throw ToolError("input '\(name)' takes any size: say one with --size")
      } else {
        throw ToolError(
          """
          input '\(name)' leaves open how long its axis \(axis) is, and it is no side of a picture: \
          export the network with a fixed shape
          """)
      }
    }
    return shape
  }
}

extension NeuralNetwork {
  /// Shapes of examples for every input, channels last, as far as the file tells.
  ///
  /// - Throws: `ToolError` where the file leaves an extent open and nobody says, or where a size is given and no input
  ///   is a feature map.
  func exampleInputShapes(_ extent: PictureExtent? = nil, batch: Int = 1) throws -> [String: [Int]]
  {
    if extent != nil, !inputs.contains(where: { $0.channelAxis != nil }) {
      throw ToolError("--size: no input of this network is a picture")
    }
    var shapes: [String: [Int]] = [:]
    for input in inputs { shapes[input.name] = try input.exampleShape(extent, batch: batch) }
    return shapes
  }
}
