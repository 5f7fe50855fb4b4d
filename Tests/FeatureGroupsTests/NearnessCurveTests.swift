import Testing

@testable import FeatureGroups

/// How near places on the plane count: another curve would draw clusters of other sizes.
@Suite("The curve of a neighbour embedding") struct NearnessCurveTests {
  /// a and b as umap-learn's `find_ab_params(1, distance)` gives them.
  @Test(arguments: [
    (0.01, 1.8956058664239412, 0.8006378441176886), (0.05, 1.7502249632754288, 0.8420553925106006),
    (0.1, 1.5769434603113077, 0.8950608779109733), (0.5, 0.5830300205483709, 1.334166992455648),
  ])
  func `the fit is that of the method's authors`(distance: Double, a: Double, b: Double) {
    let curve = NearnessCurve(minimumDistance: distance)
    #expect(abs(curve.a - a) < 2e-4)
    #expect(abs(curve.b - b) < 2e-4)
  }
}
