import ConvolutionalNetworks

extension NetworkInput {
  /// The shape of examples, channels last, as far as the file tells.
  ///
  /// - Parameter extent: height and width of a feature map, instead of those declared.
  /// - Throws: `ToolError` where the file leaves an extent open and nobody says.
  func exampleShape(_ extent: PictureExtent?, batch: Int = 1) throws -> [Int] {
    let declared = presentedShape
    var shape: [Int] = []
    for (axis, declaredExtent) in declared.enumerated() {
      let isSide = channelAxis != nil && axis > 0 && axis < declared.count - 1
      if axis == 0 {
        shape.append(batch)
      } else if isSide, let extent {
        shape.append(axis == 1 ? extent.height : extent.width)
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

  /// The height and the width of the pictures that go into the input.
  ///
  /// - Parameter extent: those asked for, instead of those declared.
  /// - Throws: `ToolError` where no picture goes into the input, or where its size is open and nobody says.
  func pictureExtent(_ extent: PictureExtent?) throws -> PictureExtent {
    let declared = presentedShape
    switch declared.count {
    case 4:
      let shape = try exampleShape(extent)
      return PictureExtent(height: shape[1], width: shape[2])
    case 2:
      // A network of dense layers alone takes a picture's numbers in a row.
      guard let extent else { throw noPicture }
      let channels = specification?.channelOrder.channelCount ?? 1
      guard let count = declared[1], extent.height * extent.width * channels != count else {
        return extent
      }
      throw ToolError(
        """
        input '\(name)' takes \(count) numbers, and a picture of \(extent) pixels and \(channels) \
        channel\(channels == 1 ? "" : "s") has \(extent.height * extent.width * channels)
        """)
    default: throw noPicture
    }
  }

  /// That no picture goes into the input, and what does.
  private var noPicture: ToolError {
    let shape = presentedShape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
    let way =
      presentedShape.count == 2
      ? " If its numbers are a picture's pixels, say its height and width: --size 28x28 --channel-order gray."
      : ""
    return ToolError(
      """
      input '\(name)' takes [\(shape)], which is no picture. Pictures go into inputs of four axes: pictures, height, \
      width and 1 or 3 channels.\(way) 'featurevis run' takes any numbers.
      """)
  }

  /// Refuses an input that no picture goes into, before anything else is asked for.
  func validateAsPicture(_ extent: PictureExtent?, in path: String) throws {
    let rank = presentedShape.count
    guard rank == 4 || (rank == 2 && extent != nil) else {
      throw ToolError("\(path): \(noPicture.description)")
    }
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
