import FeatureVisualization
import Testing

/// LAPACK turns covariances into lucid's colour basis; what is no covariance is an error, not NaN.
struct ColorDecorrelationTests {
  @Test func `ImageNet's basis is lucid's within its rounding`() {
    let lucid: [Float] = [0.26, 0.09, 0.02, 0.27, 0, -0.05, 0.27, -0.09, 0.03]
    let norms = (0..<3).map { column in
      (0..<3).reduce(0) { $0 + lucid[3 * $1 + column] * lucid[3 * $1 + column] }.squareRoot()
    }
    let largest = norms[0]
    let matrix = ColorDecorrelation.imageNet.matrix
    for column in 0..<3 {
      // Principal axes have no sign.
      let found = (0..<3).map { matrix[3 * $0 + column] }
      let wanted = (0..<3).map { lucid[3 * $0 + column] / largest }
      #expect(
        min(
          largestDifference(found, wanted), largestDifference(found, wanted.map { -$0 })) < 0.02,
        "column \(column): \(found), \(wanted)")
    }
  }

  /// Protects the constants.
  @Test func `ImageNet's basis is what LAPACK makes of lucid's covariance`() throws {
    let lucid: [Float] = [0.26, 0.09, 0.02, 0.27, 0, -0.05, 0.27, -0.09, 0.03]
    var covariance = [Float](repeating: 0, count: 9)
    for cell in covariance.indices {
      let (row, column) = (cell / 3 * 3, cell % 3 * 3)
      for k in 0..<3 { covariance[cell] += lucid[row + k] * lucid[column + k] }
    }
    let computed = try ColorDecorrelation(covariance: covariance).matrix
    #expect(largestDifference(computed, ColorDecorrelation.imageNet.matrix) < 1e-5)
  }

  @Test func `matrix · matrixᵀ is the covariance, scaled to a longest column of 1`() throws {
    let covariance: [Float] = [4, 1, 0.5, 1, 3, -0.8, 0.5, -0.8, 2]
    let matrix = try ColorDecorrelation(covariance: covariance).matrix
    var scale: Float = 0
    for column in 0..<3 {
      scale = max(
        scale, (0..<3).reduce(0) { $0 + matrix[3 * $1 + column] * matrix[3 * $1 + column] })
      for other in 0..<column {
        let product = (0..<3).reduce(0) { $0 + matrix[3 * $1 + column] * matrix[3 * $1 + other] }
        #expect(abs(product) < 1e-5)
      }
    }
    #expect(abs(scale - 1) < 1e-5)
    // The factor is the largest eigenvalue, so that the products differ by it alone.
    var factors: [Float] = []
    for row in 0..<3 {
      for column in 0..<3 {
        let product = (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * matrix[3 * column + $1] }
        factors.append(covariance[3 * row + column] / product)
      }
    }
    #expect(factors.allSatisfy { abs($0 / factors[0] - 1) < 1e-4 })
  }

  @Test func `uncorrelated colours stay as they are`() throws {
    let matrix = try ColorDecorrelation(covariance: [1, 0, 0, 0, 4, 0, 0, 0, 0.25]).matrix
    #expect(largestDifference(matrix, [0, 0.5, 0, 1, 0, 0, 0, 0, 0.25]) < 1e-6)
  }

  /// Protects bases of other channels than colours: their columns are the covariance's axes.
  @Test(arguments: [1, 2, 5]) func `a covariance of any number of channels`(count: Int) throws {
    // vᵀv + 1 is positive, whatever v.
    let v = (0..<count).map { Float($0) - 0.7 }
    let covariance = (0..<count * count).map { index in
      v[index / count] * v[index % count] + (index % (count + 1) == 0 ? 1 : 0)
    }
    let basis = try ColorDecorrelation(covariance: covariance)
    #expect(basis.channelCount == count)
    let products = (0..<count * count).map { index in
      (0..<count).reduce(0) {
        $0 + basis.matrix[index / count * count + $1] * basis.matrix[index % count * count + $1]
      }
    }
    let factor = covariance[0] / products[0]
    #expect(largestDifference(products.map { $0 * factor }, covariance) < 1e-4 * factor)
  }

  @Test(
    arguments: [
      [], [1, 0, 0], [1, 0, 1, 1], [1, 0.5, 0, 0, 1, 0, 0, 0, 1], [-1, 0, 0, 0, 1, 0, 0, 0, 1],
      [.nan, 0, 0, 0, 1, 0, 0, 0, 1], [.infinity, 0, 0, 0, 1, 0, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 0, 2, 1, 0, 0, 0, 1],
    ] as [[Float]])
  func `what is no covariance is refused`(covariance: [Float]) {
    let error = #expect(throws: VisualizationError.self) {
      try ColorDecorrelation(covariance: covariance)
    }
    guard case .decomposition = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
