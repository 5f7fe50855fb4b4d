import ConvolutionalNetworks

/// Operators that change the extents of feature maps.
extension OperatorImports {
  static let resamplings: [String: OperatorImport] = [
    "Pad": pad, "Resize": resize, "Upsample": upsample,
  ]

  private static func pad(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let name = try node.string("mode", default: "constant")
    let amounts: ShapeNumbers?
    let number: Float?
    if node.operatorSet < 11 {
      amounts = try node.ints("pads").map(ShapeNumbers.integers)
      number = try node.float("value")
    } else {
      amounts = try graph.numbers(node, 1)
      number = try graph.optionalNumber(node, 2)
    }
    let mode: Pad.Mode
    switch name {
    case "constant": mode = .constant(number ?? 0)
    case "reflect": mode = .reflect
    case "edge": mode = .edge
    case "wrap": mode = .wrap
    default: throw .unsupportedAttribute("mode", value: "'\(name)'")
    }
    guard let amounts else { throw .missingInput(position: 1) }
    let operation = Pad(mode, amounts: amounts.expression, axes: try graph.integers(node, 3))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func resize(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    if node.operatorSet < 11 { return try upsample(&graph, node) }
    let coordinates = try coordinates(node)
    let policy = try aspectRatio(node)
    var axes = try node.ints("axes")
    var extent: Resize.Extent
    if let scales = try graph.numbers(node, 2), !scales.isEmpty {
      extent = .scales(scales.expression)
    } else {
      guard let sizes = try graph.numbers(node, 3) else { throw .missingInput(position: 2) }
      extent = .sizes(sizes.expression, policy)
      // The batch is not resized, so that its declared number does not bind the network.
      let isPlain = axes == nil && policy == .stretch && coordinates != .cropAndResize
      if isPlain, let extents = sizes.constant?.numbers, extents.count > 1,
        let batch = try graph.assumedShape(of: graph.feature(node, 0))?.first,
        extents[0] == Double(batch)
      {
        axes = Array(1..<extents.count)
        extent = .sizes(
          .constant(NumberArray(shape: [extents.count - 1], numbers: Array(extents.dropFirst()))),
          policy)
      }
    }
    let region = try coordinates == .cropAndResize ? graph.numbers(node, 1)?.expression : nil
    let interpolation = try interpolation(node)
    let operation = Resize(
      interpolation, coordinates: coordinates, extent: extent, axes: axes,
      region: region, extrapolation: try node.float("extrapolation_value", default: 0),
      excludesOutside: try node.flag("exclude_outside"),
      antialiases: try node.flag("antialias"))
    if case .nearest = interpolation {
    } else if try graph.isInteger(node) {
      throw .unsupported("interpolating between integers")
    }
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  /// Upsample, and Resize as it was in operator set 10: corners count, fractions are cut off.
  private static func upsample(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let interpolation: Resize.Interpolation = try node.choice(
      "mode", default: "nearest", of: ["nearest": .nearest(.floor), "linear": .linear])
    let scales: ShapeExpression?
    if node.operatorSet < 9 {
      scales = try node.floats("scales").map { numbers in
        .constant(NumberArray(shape: [numbers.count], numbers: numbers.map(Double.init)))
      }
    } else {
      scales = try graph.numbers(node, 1)?.expression
    }
    guard let scales else { throw .missingInput(position: 1) }
    let operation = Resize(interpolation, coordinates: .asymmetric, extent: .scales(scales))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func interpolation(_ node: ONNXNode) throws(ONNXError.Problem)
    -> Resize.Interpolation
  {
    let rounding = try node.string("nearest_mode", default: "round_prefer_floor")
    let coefficient = try node.float("cubic_coeff_a", default: -0.75)
    switch try node.string("mode", default: "nearest") {
    case "nearest":
      guard let rounding = Resize.Rounding(rawValue: rounding) else {
        throw .unsupportedAttribute("nearest_mode", value: "'\(rounding)'")
      }
      return .nearest(rounding)
    case "linear": return .linear
    case "cubic": return .cubic(a: coefficient)
    case let mode: throw .unsupportedAttribute("mode", value: "'\(mode)'")
    }
  }

  private static func coordinates(_ node: ONNXNode) throws(ONNXError.Problem)
    -> Resize.Coordinates
  {
    let name = try node.string("coordinate_transformation_mode", default: "half_pixel")
    guard let coordinates = Resize.Coordinates(rawValue: name) else {
      throw .unsupportedAttribute("coordinate_transformation_mode", value: "'\(name)'")
    }
    return coordinates
  }

  private static func aspectRatio(_ node: ONNXNode) throws(ONNXError.Problem)
    -> Resize.AspectRatio
  {
    let name = try node.string("keep_aspect_ratio_policy", default: "stretch")
    guard let policy = Resize.AspectRatio(rawValue: name) else {
      throw .unsupportedAttribute("keep_aspect_ratio_policy", value: "'\(name)'")
    }
    return policy
  }
}
