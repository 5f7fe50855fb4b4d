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

  /// Protects bases measured from pictures: the covariance is that of all pixels, whatever the pictures' shapes and order.
  @Test func `a basis of pictures is that of their covariance`() throws {
    var generator = SeededGenerator(seed: 1)
    var pictures: [Tensor] = []
    for shape in [[2, 3, 5, 3], [4, 7, 3]] {
      var elements: [Float] = []
      for _ in 0..<shape.reduce(1, *) / 3 {
        let (a, b, c) = (generator.normal(), generator.normal(), generator.normal())
        elements += [Float(a), Float(0.8 * a + 0.3 * b), Float(0.5 * a - 0.2 * b + 0.1 * c)]
      }
      pictures.append(Tensor(shape: shape, elements: elements))
    }
    let pixels = pictures.flatMap(\.elements).map(Double.init)
    let count = pixels.count / 3
    let means = (0..<3).map { channel in
      (0..<count).reduce(0) { $0 + pixels[3 * $1 + channel] } / Double(count)
    }
    var wanted = [Float](repeating: 0, count: 9)
    for cell in wanted.indices {
      let (row, column) = (cell / 3, cell % 3)
      let sum = (0..<count).reduce(0.0) { sum, pixel in
        sum + (pixels[3 * pixel + row] - means[row]) * (pixels[3 * pixel + column] - means[column])
      }
      wanted[cell] = Float(sum / Double(count))
    }
    var covariance = ColorCovariance()
    for picture in pictures.reversed() { try covariance.add(picture) }
    #expect(covariance.pixelCount == count && covariance.channelCount == 3)
    #expect(largestDifference(covariance.matrix, wanted) < 1e-6)
    let measured = try ColorDecorrelation(of: pictures).matrix
    #expect(largestDifference(measured, try ColorDecorrelation(covariance: wanted).matrix) < 1e-4)
  }

  @Test func `pictures without a covariance are refused`() throws {
    let blank = Tensor(shape: [2, 2, 3], elements: Array(repeating: 0.5, count: 12))
    for pictures in [
      [], [blank], [blank, Tensor(shape: [1, 1, 2], elements: [0, 1])],
      [Tensor(shape: [4, 3], elements: Array(repeating: 0, count: 12))],
      [Tensor(shape: [1, 1, 3], elements: [0, .infinity, 0])],
    ] {
      #expect(throws: VisualizationError.self) { try ColorDecorrelation(of: pictures) }
    }
  }

  /// Protects the constants: they are the inverse of Ohta's matrix, but for one factor.
  @Test func `I1, I2 and I3 come back from colours`() {
    let ohta: [Float] = [1.0 / 3, 1.0 / 3, 1.0 / 3, 0.5, 0, -0.5, -0.25, 0.5, -0.25]
    let basis = ColorDecorrelation.i1i2i3.matrix
    let product = (0..<9).map { (cell: Int) -> Float in
      (0..<3).reduce(Float(0)) { (sum: Float, k: Int) -> Float in
        sum + ohta[cell / 3 * 3 + k] * basis[3 * k + cell % 3]
      }
    }
    let factor = product[0]
    #expect(largestDifference(product.map { $0 / factor }, [1, 0, 0, 0, 1, 0, 0, 0, 1]) < 1e-6)
    let longest = (0..<3).reduce(Float(0)) { $0 + basis[3 * $1] * basis[3 * $1] }
    #expect(abs(longest - 1) < 1e-6)
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
