import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// The vectorised single-precision losses agree with plain double-precision statements of their formulas, value
/// and gradient.
struct RegularizerTests {
  private static let shape = [2, 5, 7, 3]

  /// Compares with a function of one picture's elements, whose gradient central differences give.
  private func compare(
    _ loss: some Loss, shape: [Int] = shape, in range: ClosedRange<Double>,
    with formula: ([Double], _ picture: Int) -> Double
  ) {
    var random = SeededTensors(seed: 5)
    let point = random.spaced(shape, in: range)
    let evaluation = LossEvaluation(
      loss, shapes: [shape], values: [point.elements.map { Float($0) }])
    let values = evaluation.values()
    evaluation.differentiate(scales: values.map { _ in 2 })
    let count = shape.dropFirst().reduce(1, *)
    func picture(_ elements: [Double], _ index: Int) -> [Double] {
      Array(elements[(index * count)..<((index + 1) * count)])
    }
    for index in 0..<shape[0] {
      let expected = formula(picture(point.elements, index), index)
      #expect(abs(Double(values[index]) - expected) <= 1e-5 * max(abs(expected), 1e-3))
    }
    let width = range.upperBound - range.lowerBound
    let gradient = CentralDifferences(step: 1e-6 * width).gradient(at: point) { moved in
      (0..<shape[0]).reduce(0) { $0 + 2 * formula(picture(moved.elements, $1), $1) }
    }
    let found = DoubleTensor(
      shape: shape, elements: evaluation.gradients[0].map { Double($0) })
    #expect(found.largestRelativeError(from: gradient) < 1e-5)
  }

  @Test(arguments: [1, 2, 3.5, 6, 9, 17])
  func `LpNorm is (Σ|x|^p)^(1/p) over the number of elements`(p: Double) {
    compare(LpNorm(p: Float(p)), in: -100...200) { x, _ in
      x.map { abs($0).power(p) }.reduce(0, +).power(1 / p) / Double(x.count)
    }
  }

  /// Protects the stretches that large pictures are cut into.
  @Test func `a large picture's norms and variation are their formulas`() {
    let (height, width, channels) = (37, 83, 3)
    var random = SeededTensors(seed: 5)
    let shape = [1, height, width, channels]
    let x = random.uniform(shape, in: 0...255).elements
    let count = Double(x.count)
    let values = [x.map { Float($0) }]
    let norm = LossEvaluation(LpNorm(p: 6), shapes: [shape], values: values)
    let length = x.map { $0.power(6) }.reduce(0, +).power(1 / 6)
    #expect(abs(Double(norm.values()[0]) / (length / count) - 1) < 1e-5)
    norm.differentiate(scales: [2])
    for i in x.indices {
      let slope = 2 * (x[i] / length).power(5) / count
      #expect(abs(Double(norm.gradients[0][i]) - slope) < 1e-9)
    }
    let variation = LossEvaluation(TotalVariation(), shapes: [shape], values: values)
    var (sum, slopes) = (0.0, [Double](repeating: 0, count: x.count))
    for y in 0..<(height - 1) {
      for i in y * width * channels..<((y + 1) * width - 1) * channels {
        for next in [i + width * channels, i + channels] {
          let step = x[next] - x[i]
          sum += step * step
          slopes[next] += 4 * step / count
          slopes[i] -= 4 * step / count
        }
      }
    }
    #expect(abs(Double(variation.values()[0]) / (sum / count) - 1) < 1e-5)
    variation.differentiate(scales: [2])
    for i in x.indices { #expect(abs(Double(variation.gradients[0][i]) - slopes[i]) < 1e-5) }
  }

  @Test func `LpNorm of infinite p is the largest magnitude, not the largest value`() {
    compare(LpNorm(p: .infinity), in: -200...100) { x, _ in
      (x.map { abs($0) }.max() ?? 0) / Double(x.count)
    }
  }

  @Test(arguments: [1, 1.5, 2, 2.5, 4])
  func `TotalVariation is Σ((Δy)² + (Δx)²)^(β/2) over the number of elements`(beta: Double) {
    let (height, width, channels) = (5, 7, 3)
    compare(TotalVariation(beta: Float(beta)), in: 0...255) { x, _ in
      var sum = 0.0
      for y in 0..<(height - 1) {
        for column in 0..<(width - 1) {
          for channel in 0..<channels {
            let here = x[(y * width + column) * channels + channel]
            let down = x[((y + 1) * width + column) * channels + channel] - here
            let right = x[(y * width + column + 1) * channels + channel] - here
            sum += (down * down + right * right).power(beta / 2)
          }
        }
      }
      return sum / Double(x.count)
    }
  }

  @Test(arguments: [0, 1, 2])
  func `ActivationMaximization is minus the sum over units of means over positions`(border: Int) {
    let units = [[0], [2, 1]]
    compare(
      ActivationMaximization(layer: "a", eachOf: units, border: border), in: -3...3
    ) { x, picture in
      var sum = 0.0
      for y in border..<(5 - border) {
        for column in border..<(7 - border) {
          for unit in units[picture] { sum += x[(y * 7 + column) * 3 + unit] }
        }
      }
      return -sum / Double((5 - 2 * border) * (7 - 2 * border))
    }
  }

  @Test(arguments: [1, 1.5, 2] as [Float])
  func `a flat picture has no variation and a finite gradient, β below 2 included`(beta: Float) {
    let evaluation = LossEvaluation(
      TotalVariation(beta: beta), shapes: [[1, 4, 4, 3]],
      values: [Array(repeating: 128, count: 48)])
    let value = evaluation.values()[0]
    evaluation.differentiate(scales: [1])
    #expect(value >= 0 && value < 1e-2)
    #expect(evaluation.gradients[0].allSatisfy { $0 == 0 })
  }

  @Test func `a black picture has no norm and gradient 0`() {
    for p: Float in [1, 2, 6, .infinity] {
      let evaluation = LossEvaluation(
        LpNorm(p: p), shapes: [[1, 4, 4, 1]], values: [Array(repeating: 0, count: 16)])
      #expect(evaluation.values() == [0])
      evaluation.differentiate(scales: [1])
      #expect(evaluation.gradients[0].allSatisfy { $0 == 0 })
    }
  }

  @Test func `huge and tiny pixels neither overflow nor vanish in the norm`() {
    for magnitude: Float in [1e-25, 1e25] {
      let evaluation = LossEvaluation(
        LpNorm(p: 6), shapes: [[1, 2, 2, 1]], values: [Array(repeating: magnitude, count: 4)])
      let expected = magnitude * Float(4.0.power(1.0 / 6)) / 4
      #expect(abs(evaluation.values()[0] / expected - 1) < 1e-5)
    }
  }
}
