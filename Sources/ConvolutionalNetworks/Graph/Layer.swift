/// A named node of a network: an operation, the values it reads and the values it writes.
public struct Layer: Sendable {
  /// The name from the file, unique within the network.
  public let name: String
  /// What the layer computes, with its weights.
  public let operation: any LayerOperation
  /// The names of the values read, in the operation's order.
  public let inputs: [String]
  /// The names of the values written; the first is what a tap on the layer sees.
  public let outputs: [String]

  /// The axis order of its shapes; `nil` for the network's own. Joined networks keep theirs.
  public let layout: TensorLayout?

  /// A layer that writes `outputs`, by default one value of the layer's own name.
  public init(
    _ name: String, _ operation: any LayerOperation, inputs: [String], outputs: [String]? = nil,
    layout: TensorLayout? = nil
  ) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.outputs = outputs ?? [name]
    self.layout = layout
  }
}
