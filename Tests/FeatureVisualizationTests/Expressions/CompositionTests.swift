import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Losses that the field uses, written as expressions, are their formulas, and so are their gradients.
struct CompositionTests {
  private let a = TensorExpression.layer("a")

  private func rows(_ x: DoubleTensor) -> [[Double]] {
    let width = x.shape.last!
    return stride(from: 0, to: x.count, by: width).map { Array(x.elements[$0..<$0 + width]) }
  }

  private func dot(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).map { $0 * $1 }.reduce(0, +)
  }

  /// Lucid's direction: mean(d · max(0.1, cos)^p) over positions.
  @Test(arguments: [1, 2]) func `a direction with a power of its cosine`(power: Double) throws {
    let direction = Tensor(shape: [4], elements: [0.3, -0.2, 0.9, 0.1])
    let v = TensorExpression.constant(direction)
    let d = a.dot(v, over: -1)
    let cosine = a.cosineSimilarity(to: v)
    let doubles = DoubleTensor(direction).elements
    try expectSame((d * pow(max(0.1, cosine), Float(power))).mean(), shapes: [[2, 3, 2, 4]]) { x in
      let values = rows(x[0]).map { row in
        let d = dot(row, doubles)
        let lengths = [row, doubles].map { dot($0, $0).squareRoot() + 1e-4 }
        return d * Foundation.pow(Swift.max(0.1, d / lengths[0] / lengths[1]), power)
      }
      return [0, 6].map { values[$0..<$0 + 6].reduce(0, +) / 6 }
    }
  }

  /// The Gram matrices of each picture's positions by units.
  private func grams(_ x: DoubleTensor) -> [[Double]] {
    let (n, c) = (x.shape[0], x.shape.last!)
    let flat = x.reshaped(to: [n, x.count / n / c, c])
    var result: [[Double]] = []
    for picture in 0..<n {
      var gram: [Double] = []
      for i in 0..<c {
        for j in 0..<c {
          var sum: Double = 0
          for position in 0..<flat.shape[1] {
            sum += flat[picture, position, i] * flat[picture, position, j]
          }
          gram.append(sum)
        }
      }
      result.append(gram)
    }
    return result
  }

  @Test func `style is the difference of Gram matrices`() throws {
    let target = Tensor(shape: [3, 3], elements: [1, 0.2, 0.3, 0.2, 1, 0.4, 0.3, 0.4, 1])
    let style = abs(a.gramMatrix / 6 - target).mean()
    let doubles = DoubleTensor(target).elements
    try expectSame(style, shapes: [[2, 3, 2, 3]]) { x in
      var result: [Double] = []
      for gram in grams(x[0]) {
        var sum: Double = 0
        for (element, other) in zip(gram, doubles) { sum += Swift.abs(element / 6 - other) }
        result.append(sum / 9)
      }
      return result
    }
  }

  /// Lucid's diversity: Σ_{j≠i} ⟨G_i, G_j⟩ / N of Gram matrices of length 1.
  @Test func `diversity compares each picture of a batch with the others`() throws {
    let gram = a.gramMatrix
    let unit = gram / gram.norm(over: [1, 2], keepingAxes: true)
    let diversity = (unit * unit.sum(over: .pictures)).sum() - unit.squared().sum()
    try expectSame(diversity / 3, shapes: [[3, 2, 2, 3]]) { x in
      let units = grams(x[0]).map { gram in gram.map { $0 / dot(gram, gram).squareRoot() } }
      return units.indices.map { i in
        units.indices.filter { $0 != i }.map { dot(units[i], units[$0]) }.reduce(0, +) / 3
      }
    }
    #expect(DerivedLoss("Diversity", minimizing: diversity).couplesPictures)
  }

  /// VITAL's: mean (x_(i) − r_(i))² of the values of each unit, sorted.
  @Test func `sort matching compares distributions`() throws {
    var random = SeededTensors(seed: 6)
    let reference = random.uniform([6, 3])
    let sorted = TensorExpression.constant(Tensor(reference)).sorted(along: 0)
    let matching = (a.positions.sorted(along: 1) - sorted).squared().mean()
    try expectSame(matching, shapes: [[2, 3, 2, 3]]) { x in
      let flat = x[0].reshaped(to: [2, 6, 3])
      return (0..<2).map { n in
        var sum: Double = 0
        for c in 0..<3 {
          let own = (0..<6).map { flat[n, $0, c] }.sorted()
          let other = (0..<6).map { reference[$0, c] }.sorted()
          for (p, q) in zip(own, other) { sum += (p - q) * (p - q) }
        }
        return sum / 18
      }
    }
  }

  @Test func `cross-entropy is minus the logarithm of a probability`() throws {
    try expectSame(-a.logSoftmax().unit(2), shapes: [[2, 5]], in: -3...3) { x in
      rows(x[0]).map { row in
        let sum = row.map { Foundation.exp($0) }.reduce(0, +)
        return Foundation.log(sum) - row[2]
      }
    }
  }

  /// Batch and positions together, as DeepInversion does it.
  @Test func `statistics of a batch are compared with those known`() throws {
    let known = Tensor(shape: [2], elements: [0.1, -0.2])
    let axes: TensorAxes = [0, 1]
    let mean = a.mean(over: axes)
    let variance = (a - mean).squared().mean(over: axes)
    let loss = (mean - known).norm() + (variance - Tensor(shape: [2], repeating: 0.5)).norm()
    try expectSame(loss.dividedAmongPictures(), shapes: [[3, 2, 2]]) { x in
      let all = rows(x[0])
      var squares = (means: 0.0, variances: 0.0)
      for (c, expected) in [Double(Float(0.1)), Double(Float(-0.2))].enumerated() {
        let values = all.map { $0[c] }
        let mean = values.reduce(0, +) / 6
        let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 6
        squares.means += (mean - expected) * (mean - expected)
        squares.variances += (variance - 0.5) * (variance - 0.5)
      }
      let share = (squares.means.squareRoot() + squares.variances.squareRoot()) / 3
      return [share, share, share]
    }
  }

  /// Protects the time that the compiler takes for what users write: this file would not compile in reasonable time.
  @Test func `a sum of eight different terms is one expression`() throws {
    let b = TensorExpression.layer("b")
    let direction = Tensor(shape: [3], elements: [1, 2, 3])
    let weight: Float = 2
    let mixed =
      a.squared().mean() - 0.5 * b.mean() + weight * (a * direction).mean() / 3
      - pow(max(0.1, b.norm()), 2) + abs(a).mean() * b.maximum() - (1 - a.mean()) * 0.1
      + sqrt(b.squared().sum() + 1e-6) + 2 * a.cosineSimilarity(to: b).mean()
    try expectSame(mixed, shapes: [[2, 3], [2, 3]], in: 0.1...1) { x in
      zip(rows(x[0]), rows(x[1])).map { p, q in
        let (pp, qq) = (dot(p, p), dot(q, q))
        var sum = pp / 3 - 0.5 * q.reduce(0, +) / 3
        sum += 2 * dot(p, [1, 2, 3]) / 9
        sum -= Swift.max(0.01, qq)
        sum += p.reduce(0, +) / 3 * q.max()!
        sum -= (1 - p.reduce(0, +) / 3) * 0.1
        sum += (qq + 1e-6).squareRoot()
        sum += 2 * dot(p, q) / (pp.squareRoot() + 1e-4) / (qq.squareRoot() + 1e-4)
        return sum
      }
    }
  }
}
