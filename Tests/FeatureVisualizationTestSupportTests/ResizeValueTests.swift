import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the values of resizing: rows worked out by hand, and results of ONNX's operator cases of the
/// same names.
@Suite struct ResizeValueTests {
  /// Where the output cells of a row of four, magnified to eight, come from.
  @Test(arguments: [
    (Resize.Rounding.ceil, Resize.Coordinates.halfPixel, [1.0, 2, 2, 3, 3, 4, 4, 4]),
    (.floor, .halfPixel, [1, 1, 1, 2, 2, 3, 3, 4]),
    (.floor, .alignCorners, [1, 1, 1, 2, 2, 3, 3, 4]),
    (.preferCeil, .asymmetric, [1, 2, 2, 3, 3, 4, 4, 4]),
    (.preferFloor, .asymmetric, [1, 1, 2, 2, 3, 3, 4, 4]),
  ])
  func nearest(_ rounding: Resize.Rounding, _ coordinates: Resize.Coordinates, _ expected: [Double])
    throws
  {
    let resize = Resize(
      .nearest(rounding), coordinates: coordinates, extent: .sizes(.constant([8]), .stretch))
    #expect(try result(resize, [4]).elements == expected)
  }

  @Test func linearMixesTheTwoNearest() throws {
    let doubled = Resize(.linear, extent: .scales(numbers(2)))
    #expect(try result(doubled, [2]).elements == [1, 1.25, 1.75, 2])
    let aligned = Resize(
      .linear, coordinates: .alignCorners, extent: .sizes(.constant([5]), .stretch))
    #expect(try result(aligned, [3]).elements == [1, 1.5, 2, 2.5, 3])
    // The only cell of PyTorch's rule is the first one, that of the others lies in the middle.
    let single = Resize.Extent.sizes(.constant([1]), .stretch)
    #expect(try result(Resize(.linear, extent: single), [4]).elements == [2.5])
    #expect(
      try result(Resize(.linear, coordinates: .pytorchHalfPixel, extent: single), [4]).elements == [
        1
      ])
  }

  @Test func scalesRoundTheSizeDown() throws {
    let symmetric = Resize(
      .linear, coordinates: .halfPixelSymmetric, extent: .scales(numbers(1, 0.6)))
    try expect(result(symmetric, [1, 4]), [1, 2], [5.0 / 3, 10.0 / 3])
    let aligned = Resize(
      .linear, coordinates: .alignCorners, extent: .scales(numbers(0.6, 0.6)))
    try expect(result(aligned, [2, 4]), [1, 2], [1, 22.0 / 7])
    // 0.7 in single precision is a little less, times 10 it is 7 all the same.
    let tenths = Resize(.linear, extent: .scales(numbers(Double(Float(0.7)))))
    #expect(try result(tenths, [10]).shape == [7])
  }

  /// resize_downsample_scales_cubic and resize_downsample_scales_cubic_A_n0p5_exclude_outside
  @Test func cubic() throws {
    let keys = Resize(.cubic(a: -0.75), extent: .scales(numbers(0.8, 0.8)))
    try expect(
      result(keys, [4, 4]), [3, 3],
      [
        1.4711914, 2.78125, 4.0825195, 6.711426, 8.021484, 9.322754, 11.916504, 13.2265625,
        14.527832,
      ])
    let inside = Resize(.cubic(a: -0.5), extent: .scales(numbers(0.8, 0.8)), excludesOutside: true)
    try expect(
      result(inside, [4, 4]), [3, 3],
      [
        1.3681267, 2.6695013, 4.0133367, 6.573625, 7.875, 9.218835, 11.948966, 13.250341,
        14.594176,
      ])
  }

  /// resize_tf_crop_and_resize_extrapolation_value
  @Test func cropsMayReachOutside() throws {
    let crop = Resize(
      .linear, coordinates: .cropAndResize, extent: .sizes(.constant([3, 3]), .stretch),
      region: numbers(0.4, 0.6, 1.2, 1.7), extrapolation: 10)
    try expect(result(crop, [4, 4]), [3, 3], [7.6, 10, 10, 12.4, 10, 10, 10, 10, 10])
  }

  /// resize_downsample_scales_linear_antialias and resize_downsample_scales_cubic_antialias
  @Test func antialiasingLeavesNoCellOut() throws {
    let linear = Resize(.linear, extent: .scales(numbers(0.6, 0.6)), antialiases: true)
    try expect(result(linear, [4, 4]), [2, 2], [2.875, 4.5, 9.375, 11.0])
    let cubic = Resize(.cubic(a: -0.75), extent: .scales(numbers(0.6, 0.6)), antialiases: true)
    try expect(result(cubic, [4, 4]), [2, 2], [2.5180721, 4.2858863, 9.589329, 11.357142])
  }

  @Test func sizesMayKeepTheRatioOfTheSides() throws {
    func shape(_ ratio: Resize.AspectRatio, _ sizes: [Int], of shape: [Int]) throws -> [Int] {
      try result(Resize(.linear, extent: .sizes(.constant(sizes), ratio)), shape).shape
    }
    #expect(try shape(.notLarger, [7, 8], of: [2, 2]) == [7, 7])
    #expect(try shape(.notSmaller, [7, 8], of: [2, 2]) == [8, 8])
    // 4 · ½ rounds to 2, 3 · ½ half up.
    #expect(try shape(.notLarger, [9, 2], of: [3, 4]) == [2, 2])
  }

  /// The result of resizing the numbers from 1 on.
  private func result(_ resize: Resize, _ shape: [Int]) throws -> DoubleTensor {
    let single = OperationCase("resize", resize, inputs: [shape])
    let elements = (0..<shape.reduce(1, *)).map { Double($0 + 1) }
    return try single.outputs(["input 0": DoubleTensor(shape: shape, elements: elements)])[0]
  }

  private func numbers(_ numbers: Double...) -> ShapeExpression {
    .constant(NumberArray(shape: [numbers.count], numbers: numbers))
  }

  private func expect(_ actual: DoubleTensor, _ shape: [Int], _ expected: [Double]) throws {
    try #require(actual.shape == shape)
    #expect(
      actual.largestRelativeError(from: DoubleTensor(shape: shape, elements: expected)) < 1e-7)
  }
}
