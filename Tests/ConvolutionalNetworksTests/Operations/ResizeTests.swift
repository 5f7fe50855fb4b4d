import ConvolutionalNetworks
import Testing

/// Protects resampling: every curve, every rule of coordinates, sizes and scales.
@Suite struct ResizeTests {
  static let interpolations: [Resize.Interpolation] = [
    .nearest(.preferFloor), .nearest(.preferCeil), .nearest(.floor), .nearest(.ceil), .linear,
    .cubic(a: -0.75), .cubic(a: -0.5),
  ]

  static let coordinates: [Resize.Coordinates] = [
    .halfPixel, .halfPixelSymmetric, .pytorchHalfPixel, .alignCorners, .asymmetric,
  ]

  @Test(arguments: interpolations, TensorLayout.both)
  func agreesWithInterpreter(_ interpolation: Resize.Interpolation, layout: TensorLayout) throws {
    for coordinates in Self.coordinates {
      for scales in [[2, 3], [0.6, 0.4], [1.7, 1], [0.25, 2.5]] {
        try OperationCase("\(coordinates) \(scales)", [2, 5, 7, 3]) { layout in
          Resize(
            interpolation, coordinates: coordinates, extent: .scales(.scales(scales)),
            axes: [layout.axis(1), layout.axis(2)])
        }.check(layout)
      }
    }
  }

  @Test(arguments: [Resize.AspectRatio.stretch, .notLarger, .notSmaller], TensorLayout.both)
  func takesSizes(_ ratio: Resize.AspectRatio, layout: TensorLayout) throws {
    for sizes in [[8, 9], [3, 4], [1, 1], [5, 7]] {
      for interpolation in [Resize.Interpolation.linear, .nearest(.floor)] {
        try OperationCase("\(sizes)", [1, 5, 7, 3]) { layout in
          Resize(
            interpolation, extent: .sizes(.constant(sizes), ratio),
            axes: [layout.axis(1), layout.axis(2) - 4])
        }.check(layout)
      }
    }
  }

  @Test(arguments: [Resize.Interpolation.linear, .cubic(a: -0.75), .nearest(.preferFloor)])
  func cropsAndExtrapolates(_ interpolation: Resize.Interpolation) throws {
    for region in [[0.4, 0.2, 0.6, 0.9], [-0.2, 0.1, 1.3, 0.8], [0.9, 0, 0.1, 1]] {
      try OperationCase("\(region)", [2, 6, 5, 3]) { layout in
        Resize(
          interpolation, coordinates: .cropAndResize,
          extent: .sizes(.constant([4, 7]), .stretch), axes: [layout.axis(1), layout.axis(2)],
          region: .scales(region), extrapolation: 1.25)
      }.check(.channelsFirst)
    }
  }

  @Test(arguments: [Resize.Interpolation.linear, .cubic(a: -0.5)], [false, true])
  func weighsCells(_ interpolation: Resize.Interpolation, excludesOutside: Bool) throws {
    for scales in [[0.3, 0.55], [1.6, 0.8]] {
      for antialiases in [false, true] {
        try OperationCase("\(scales), anti-aliased: \(antialiases)", [1, 11, 9, 2]) { layout in
          Resize(
            interpolation, extent: .scales(.scales(scales)),
            axes: [layout.axis(1), layout.axis(2)], excludesOutside: excludesOutside,
            antialiases: antialiases)
        }.check(.channelsLast)
      }
    }
  }

  /// Protects large maps, whose work is cut, and scales for every axis.
  @Test(arguments: TensorLayout.both)
  func resizesLargeMaps(layout: TensorLayout) throws {
    try OperationCase("large", [2, 40, 37, 20]) { layout in
      let scales = layout == .channelsFirst ? [1, 1, 2, 2] : [1, 2, 2, 1]
      return Resize(.linear, extent: .scales(.constant(scales)))
    }.check(layout)
    try OperationCase("unchanged", [2, 4, 5, 3]) { _ in
      Resize(.cubic(a: -0.75), extent: .scales(.constant([1, 1, 1, 1])))
    }.check(layout)
  }

  /// Protects against scales and sizes that would ask for absurd memory, or none.
  @Test(arguments: [0, -1, 1e9, .nan, .infinity])
  func refusesScale(_ scale: Double) throws {
    let resize = Resize(.linear, extent: .scales(.scales([1, scale, 1, 1])))
    #expect(throws: ShapeError.self) {
      try resize.outputShapes(for: [[1, 4, 4, 1]], layout: .channelsLast)
    }
  }
}

extension ShapeExpression {
  fileprivate static func scales(_ numbers: [Double]) -> ShapeExpression {
    .constant(NumberArray(shape: [numbers.count], numbers: numbers))
  }
}
