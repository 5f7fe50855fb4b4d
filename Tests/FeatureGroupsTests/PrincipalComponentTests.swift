import FeatureGroups
import Testing

/// Layouts and whitened directions rest on these.
@Suite("Principal components and moments") struct PrincipalComponentTests {
  private let fixture: Fixture
  private let samples: Tensor

  init() throws {
    fixture = try Fixture("components")
    samples = fixture.tensor("samples", [40, 7])
  }

  /// scikit-learn's PCA, but for the sign of each component, which is arbitrary.
  @Test func `components, variances and coordinates are scikit-learn's`() throws {
    let found = try PrincipalComponents(of: samples, count: 3)
    #expect(difference(found.variances, fixture.numbers("variances")) < 1e-5)
    #expect(difference(found.shares, fixture.numbers("shares")) < 1e-6)
    let coordinates = try found.coordinates(of: samples).elements
    let whitened = try found.coordinates(of: samples, isWhitened: true).elements
    for component in 0..<3 {
      let theirs = fixture.numbers("components")[component * 7..<(component + 1) * 7]
      let ours = found.components.picture(component).elements.map { Double($0) }
      let sign = cosine(ours, theirs)
      #expect(abs(abs(sign) - 1) < 1e-6)
      for (name, numbers) in [("coordinates", coordinates), ("whitened", whitened)] {
        let column = stride(from: component, to: 120, by: 3).map { Double(numbers[$0]) * sign }
        let expected = stride(from: component, to: 120, by: 3).map { fixture.numbers(name)[$0] }
        #expect(difference(column, expected) < 1e-4, "\(name) \(component)")
      }
      #expect(ours.max { abs($0) < abs($1) } ?? 0 > 0)
    }
  }

  /// Pictures that stream through give what all at once give.
  @Test func `batches add up`() throws {
    var moments = ActivationMoments()
    for first in stride(from: 0, to: 40, by: 8) {
      var part: [Tensor] = []
      for row in first..<first + 8 { part.append(samples.picture(row)) }
      try moments.add(try Tensor(stacking: part).reshaped(to: [2, 2, 2, 7]))
    }
    #expect(moments.count == 40)
    #expect(difference(moments.covariance.elements, fixture.numbers("covariance")) < 1e-5)
    #expect(
      difference(try moments.whitening().matrix.elements, fixture.numbers("whitening")) < 1e-3)
  }

  /// Protects digits: units far from 0, whose squares would swallow what they vary by.
  @Test func `a large mean loses no digits`() throws {
    let numbers: [Float] = [10000.5, 10001, 10001.5, 10002]
    var moments = ActivationMoments()
    try moments.add(Tensor(shape: [4, 1], elements: numbers))
    #expect(abs(Double(moments.covariance[0, 0]) - 0.3125) < 1e-12)
  }

  /// `Whitening(of:)`, which holds all activations, and moments, which stream, agree.
  @Test func `the whitening is that of all activations at once`() throws {
    var moments = ActivationMoments()
    try moments.add(samples)
    let whole = try Whitening(of: samples).matrix.elements.map { Double($0) }
    let scale = whole.map(abs).max() ?? 1
    #expect(difference(try moments.whitening().matrix.elements, whole) < 1e-4 * scale)
  }

  @Test func `what has no components is refused`() throws {
    #expect(throws: VisualizationError.self) {
      try PrincipalComponents(of: Tensor(shape: [1, 3], repeating: 1), count: 1)
    }
    #expect(throws: VisualizationError.self) { try PrincipalComponents(of: samples, count: 8) }
    var moments = ActivationMoments()
    try moments.add(samples)
    #expect(throws: VisualizationError.self) { try moments.add(Tensor(shape: [2, 3])) }
    #expect(throws: VisualizationError.self) {
      try moments.add(Tensor(shape: [1, 7], repeating: .nan))
    }
    // The covariance of so many units would take terabytes.
    var wide = ActivationMoments()
    #expect(throws: VisualizationError.self) { try wide.add(Tensor(shape: [1, 1_000_000])) }
  }

  /// Nothing varies: no division by a variance of 0.
  @Test func `equal samples lie at 0`() throws {
    let found = try PrincipalComponents(of: Tensor(shape: [4, 3], repeating: 2), count: 2)
    #expect(found.shares == [0, 0])
    let places = try found.coordinates(of: Tensor(shape: [4, 3], repeating: 2), isWhitened: true)
    #expect(places.elements.allSatisfy { $0 == 0 })
  }
}
