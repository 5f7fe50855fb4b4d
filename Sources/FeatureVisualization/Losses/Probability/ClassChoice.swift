/// A class for each picture of a batch, or one for all, by index or by label.
struct ClassChoice: Sendable {
  let classes: [UnitID]
  /// The label that a class was found by, and how many there are: the layer must have as many units.
  private let found: (label: String, count: Int)?

  init(_ classes: [UnitID]) { self.init(classes, found: nil) }

  private init(_ classes: [UnitID], found: (label: String, count: Int)?) {
    (self.classes, self.found) = (classes, found)
  }

  /// The same with labels looked up.
  func resolved(in network: NeuralNetwork, of layer: LayerID) throws(VisualizationError)
    -> ClassChoice
  {
    var found = found
    var resolved: [UnitID] = []
    for id in classes {
      if case .label(let label) = id { found = (label, try network.labels(of: layer)?.count ?? 0) }
      resolved.append(.index(try network.unit(id, of: layer)))
    }
    return ClassChoice(resolved, found: found)
  }

  /// The choice for some pictures of the batch.
  func selecting(_ pictures: [Int]) -> ClassChoice? {
    guard classes.count > 1 else { return self }
    guard pictures.allSatisfy({ classes.indices.contains($0) }) else { return nil }
    return ClassChoice(pictures.map { classes[$0] }, found: found)
  }

  /// 1 for the class and 0 for the others, `[C]`, or `[N, C]` where each picture has its own.
  ///
  /// - Parameter shape: the layer's, `[N, …, C]`.
  /// - Throws: `VisualizationError` for a class that the layer does not have.
  func indicator(of layer: LayerID, _ shape: [Int]) throws(VisualizationError) -> TensorExpression {
    let count = shape.last ?? 0
    guard shape.count > 1 else {
      throw .invalidArgument("class", "layer '\(layer)' of shape \(shape) has no classes")
    }
    guard classes.count == 1 || classes.count == shape[0] else {
      throw .invalidArgument("eachOf", "\(classes.count) classes for \(shape[0]) pictures")
    }
    if let found, found.count != count {
      throw .labelsOfOtherLayer(
        wanted: found.label, layer: "\(layer)", units: count, labels: found.count)
    }
    var elements = [Float](repeating: 0, count: classes.count * count)
    for (picture, id) in classes.enumerated() {
      guard case .index(let index) = id else { throw .missingLabels(wanted: "\(id)") }
      guard (0..<count).contains(index) else {
        throw .unitOutOfRange(unit: index, layer: "\(layer)", count: count)
      }
      elements[picture * count + index] = 1
    }
    guard classes.count > 1 else { return .constant(Tensor(shape: [count], elements: elements)) }
    return .constants(eachOf: Tensor(shape: [classes.count, count], elements: elements))
  }
}

extension NeuralNetwork {
  /// Whether what a layer computes are probabilities already.
  func endsInSoftmax(_ layer: LayerID) throws(VisualizationError) -> Bool {
    if case .softmax? = try self.layer(layer).operation.finalActivation { true } else { false }
  }
}
