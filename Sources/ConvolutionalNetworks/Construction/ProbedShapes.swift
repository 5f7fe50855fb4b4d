/// The logical shapes of values some of whose extents are free.
///
/// Operations tell their shapes for extents that are known. So each is asked twice, for two sizes of everything free: what
/// differs is free as well.
package struct ProbedShapes {
  private var small = KnownShapes()
  private var large = KnownShapes()

  /// Numbers that blocks, strides and factors divide.
  private static let extents = (small: 1440, large: 2880)
  private static let batches = (small: 2, large: 3)

  package init() {}

  /// The shape of a value, `nil` where it is free; `nil` for a value that there is not.
  package subscript(_ value: String) -> [Int?]? {
    guard let small = small.shapes[value], let large = large.shapes[value] else { return nil }
    // An axis that only one of them has is as good as free.
    guard small.count == large.count else { return large.map { _ in nil } }
    return zip(small, large).map { $0 == $1 ? $0 : nil }
  }

  /// Takes in an input.
  ///
  /// - Throws: `ShapeError` for a shape that cannot be computed with.
  package mutating func add(_ input: NetworkInput) throws(ShapeError) {
    func shape(_ extent: Int, _ batch: Int) -> [Int] {
      input.shape.enumerated().map { axis, known in known ?? (axis == 0 ? batch : extent) }
    }
    try small.add(shape(Self.extents.small, Self.batches.small), of: input.name)
    try large.add(shape(Self.extents.large, Self.batches.large), of: input.name)
  }

  /// Takes in a layer behind those that it reads.
  ///
  /// - Throws: `ShapeError` naming the rule that the layer breaks.
  package mutating func add(_ layer: Layer, layout: TensorLayout) throws(ShapeError) {
    try Self.add(layer, layout, to: &small)
    try Self.add(layer, layout, to: &large)
  }

  private static func add(_ layer: Layer, _ layout: TensorLayout, to known: inout KnownShapes)
    throws(ShapeError)
  {
    let inputs = layer.inputs.compactMap { known.shapes[$0] }
    // Rules of shapes count on as many inputs as the operation reads.
    guard layer.operation.inputCount.contains(inputs.count) else {
      throw ShapeError("it reads \(inputs.count) values")
    }
    let outputs = try known.resolve(layer).outputShapes(for: inputs, layout: layout)
    guard outputs.count == layer.outputs.count else {
      throw ShapeError(
        "it gives \(outputs.count) values, and a layer written here gives \(layer.outputs.count)")
    }
    for (value, shape) in zip(layer.outputs, outputs) { try known.add(shape, of: value) }
  }
}
