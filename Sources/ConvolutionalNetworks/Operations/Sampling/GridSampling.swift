/// Samples of maps at places that a grid states: the spatial transformer of Jaderberg et al. 2015
/// (https://arxiv.org/abs/1506.02025), PyTorch's `grid_sample` and ONNX' GridSample.
///
/// The maps are `[N, C, …]`, with one spatial axis or more; the grid is `[N, …, axes]` with a place for each cell of the
/// output, its coordinates in −1…1 from one end of a map to the other, that of the last axis first. Gradients go to both.
public struct GridSampling: LayerOperation, Equatable {
  /// What lies between the cells.
  public enum Interpolation: String, Sendable, CaseIterable {
    /// The nearest cell, of two the one of even position; it passes the grid no gradient.
    case nearest
    /// Straight lines between two cells, along each axis.
    case linear
    /// Keys' cubic convolution of four cells with a = −¾, along each axis.
    case cubic
  }

  /// What lies beyond the cells.
  public enum Surroundings: String, Sendable, CaseIterable {
    case zeros
    /// The outermost cells.
    case border
    /// The cells mirrored at the ends of the map.
    case reflection
  }

  /// What lies between the cells.
  public let interpolation: Interpolation
  /// What lies beyond the cells.
  public let surroundings: Surroundings
  /// Whether −1 and 1 are the centres of the outermost cells, and not their edges.
  public let alignsCorners: Bool

  public init(
    _ interpolation: Interpolation, surroundings: Surroundings = .zeros, alignsCorners: Bool = false
  ) {
    self.interpolation = interpolation
    self.surroundings = surroundings
    self.alignsCorners = alignsCorners
  }

  public var kind: String { "GridSampling" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 2...2 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let (maps, grid) = (inputs[0], inputs[1])
    guard maps.count >= 3, maps.count <= 6, grid.count == maps.count, grid[0] == maps[0],
      grid[grid.count - 1] == maps.count - 2, maps[2...].allSatisfy({ $0 > 0 })
    else { throw ShapeError("a grid of shape \(grid) for maps of shape \(maps)") }
    return [Array(maps[..<2] + grid[1..<(grid.count - 1)])]
  }

  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    let cells =
      switch interpolation {
      case .nearest: 1
      case .linear: 2
      case .cubic: 4
      }
    return inputs[0].dropFirst(2).reduce(outputs[0].reduce(1, *)) { product, _ in product * cells }
  }
}
