import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Compares an expression of the layers "a", "b", … with a plain double-precision statement of it: every element by a
/// weighted sum of its own for each picture, and the gradients of these sums by central differences.
func expectSame(
  _ expression: TensorExpression, shapes: [[Int]], in range: ClosedRange<Double> = -1...1,
  tolerance: Double = 2e-5, seed: UInt64 = 3, sourceLocation: SourceLocation = #_sourceLocation,
  as formula: (_ tensors: [DoubleTensor]) -> [Double]
) throws {
  var random = SeededTensors(seed: seed)
  let point = shapes.map { random.spaced($0, in: range) }
  let pictures = shapes[0][0]
  let expected = formula(point)
  let width = expected.count / pictures
  let weights = random.uniform([pictures, width], in: 0.5...1.5)
  let scales = (0..<pictures).map { Double($0) - 1.5 }
  func sums(_ elements: [Double]) -> [Double] {
    (0..<pictures).map { n in
      (0..<width).reduce(0) { $0 + weights[n, $1] * elements[n * width + $1] }
    }
  }
  let loss = DerivedLoss(
    "Weighted",
    minimizing: (expression.flattened * .constants(eachOf: Tensor(weights))).sum())
  let names = "abc".prefix(shapes.count).map { LayerID.name(String($0)) }
  let order = try loss.subjects.map { subject in
    try #require(names.firstIndex { .layer($0) == subject })
  }
  let tensors = order.map { Tensor(point[$0]) }
  let values = try loss.values(at: tensors)
  for (value, sum) in zip(values, sums(expected)) {
    #expect(
      abs(Double(value) - sum) <= tolerance * max(1, abs(sum)), sourceLocation: sourceLocation)
  }
  let gradients = try loss.gradients(at: tensors, scales: scales.map { Float($0) })
  for (gradient, index) in zip(gradients, order) {
    let differences = CentralDifferences(step: 1e-5).gradient(at: point[index]) { moved in
      var tensors = point
      tensors[index] = moved
      return zip(sums(formula(tensors)), scales).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let largest = differences.elements.map(abs).max() ?? 0
    #expect(largest > 0, "nothing depends on tensor \(index)", sourceLocation: sourceLocation)
    for (found, right) in zip(gradient.elements, differences.elements) {
      #expect(
        abs(Double(found) - right) <= tolerance * 5 * max(largest, 1e-3),
        "tensor \(index): \(found) instead of \(right)", sourceLocation: sourceLocation)
    }
  }
}

/// The value of an expression of one layer, "a", for each picture.
func values(of expression: TensorExpression, at tensor: Tensor) throws -> [Float] {
  try DerivedLoss("Value", minimizing: expression).values(at: [tensor])
}

/// The gradient of an expression of one layer, "a", summed over pictures.
func gradient(of expression: TensorExpression, at tensor: Tensor) throws -> [Float] {
  try DerivedLoss("Value", minimizing: expression).gradients(at: [tensor])[0].elements
}
