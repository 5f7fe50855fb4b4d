import FeatureVisualization

extension Tensor {
  /// Numbers of −1…1 that a seed fixes.
  static func sample(_ shape: [Int], seed: UInt64 = 1) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(
      shape: shape,
      elements: (0..<shape.reduce(1, *)).map { _ in Float(generator.uniform()) * 2 - 1 })
  }

  /// A picture of smooth colours, 0…1.
  static func samplePicture(height: Int, width: Int) -> Tensor {
    var elements: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        elements += [
          Float(y) / Float(height), Float(x) / Float(width), Float((x + y) % 16) / 15,
        ]
      }
    }
    return Tensor(shape: [1, height, width, 3], elements: elements)
  }
}
