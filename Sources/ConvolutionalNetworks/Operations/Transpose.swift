/// Permutes the logical axes: axis `i` of the output is axis `permutation[i]` of the input.
public struct Transpose: LayerOperation {
  /// The axes of the input in the output's order; `nil` reverses them.
  public let permutation: [Int]?

  public init(_ permutation: [Int]?) { self.permutation = permutation }

  public var kind: String { "Transpose" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    let permutation = axes(rank: input.count)
    guard permutation.sorted() == Array(input.indices) else {
      throw ShapeError("\(permutation) does not permute \(input.count) axes")
    }
    return [permutation.map { input[$0] }]
  }

  /// The axes of an input of `rank` axes in the output's order.
  package func axes(rank: Int) -> [Int] { permutation ?? Array((0..<rank).reversed()) }

  /// Whether it makes a channels-first feature map of pictures and positions with their channels last.
  package var makesFeatureMap: Bool { permutation == [0, 3, 1, 2] }
}
