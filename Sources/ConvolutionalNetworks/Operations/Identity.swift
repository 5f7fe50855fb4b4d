/// Passes its input on. Dropout and casts between floating types are this at inference.
public struct Identity: LayerOperation {
  public let kind: String
  public var parameters: [LayerParameter] { [] }

  /// An identity that reports itself as `kind`, such as `Dropout`.
  public init(kind: String = "Identity") { self.kind = kind }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    inputs
  }
}
