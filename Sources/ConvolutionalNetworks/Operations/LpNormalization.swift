/// Division by the norm along one logical axis: `y = x / (Σ |x|^p)^(1/p)`. Where all is 0, it stays 0.
public struct LpNormalization: LayerOperation {
  /// The norm divided by.
  public enum Norm: Int, Sendable, CaseIterable {
    /// `Σ |x|`.
    case l1 = 1
    /// `√Σ x²`.
    case l2 = 2
  }

  /// The norm divided by.
  public let norm: Norm
  /// The logical axis; negative axes count from the end.
  public let axis: Int

  public init(_ norm: Norm = .l2, axis: Int = -1) {
    self.norm = norm
    self.axis = axis
  }

  public var kind: String { "LpNormalization" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    _ = try normalizedAxis(axis, rank: inputs[0].count)
    return inputs
  }
}
