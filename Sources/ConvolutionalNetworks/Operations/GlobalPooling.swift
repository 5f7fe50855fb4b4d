/// The largest or the average value of each channel over all positions; spatial axes shrink to 1.
public struct GlobalPooling: LayerOperation {
  /// What becomes of a channel's values.
  public enum Reduction: Sendable { case maximum, average }

  /// What becomes of a channel's values.
  public let reduction: Reduction

  public init(_ reduction: Reduction) { self.reduction = reduction }

  public var kind: String {
    reduction == .maximum ? "GlobalMaxPooling" : "GlobalAveragePooling"
  }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard input.count >= 3, !input.contains(0) else {
      throw ShapeError("global pooling needs a feature map")
    }
    return [
      layout.shape(
        batch: input[0], spatial: Array(repeating: 1, count: input.count - 2),
        channels: input[layout.channelAxis(rank: input.count)])
    ]
  }
}
