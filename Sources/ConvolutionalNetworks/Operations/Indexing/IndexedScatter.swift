/// The first input, the data, with what the second, the indices, addresses replaced by the third, the updates, or combined
/// with it: ONNX' ScatterElements and ScatterND. Gradients go to the data and the updates.
///
/// Of several updates of an element the last one replaces it. An update at an index beyond the data is left out.
public struct IndexedScatter: LayerOperation, Equatable {
  /// What becomes of an element and an update.
  public enum Combination: String, Sendable, CaseIterable {
    case replacement = "Replacement"
    case sum = "Sum"
    case product = "Product"
    /// The larger one; the gradient of equal ones goes to the first.
    case maximum = "Maximum"
    /// The smaller one; the gradient of equal ones goes to the first.
    case minimum = "Minimum"
  }

  /// What the indices mean.
  public let addressing: IndexAddressing
  /// What becomes of an element and an update.
  public let combination: Combination

  public init(_ addressing: IndexAddressing, _ combination: Combination = .replacement) {
    self.addressing = addressing
    self.combination = combination
  }

  public var kind: String { "IndexedScatter" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 3...3 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let addressed = try addressing.addressedShape(data: inputs[0], indices: inputs[1])
    guard inputs[2] == addressed else {
      throw ShapeError("updates of shape \(inputs[2]) for \(addressed)")
    }
    return [inputs[0]]
  }
}
