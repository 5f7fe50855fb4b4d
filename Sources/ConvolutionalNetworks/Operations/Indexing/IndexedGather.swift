/// Takes the parts of the first input, the data, that the second, the indices, addresses: ONNX' GatherElements and
/// GatherND, and Gather where the network computes the indices. The gradient goes to the data.
///
/// What an index beyond the data takes is no number.
public struct IndexedGather: LayerOperation, Equatable {
  /// What the indices mean.
  public let addressing: IndexAddressing

  public init(_ addressing: IndexAddressing) { self.addressing = addressing }

  public var kind: String { "IndexedGather" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 2...2 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try addressing.addressedShape(data: inputs[0], indices: inputs[1])]
  }
}
