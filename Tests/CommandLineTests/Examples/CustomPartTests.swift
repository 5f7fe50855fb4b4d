import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

@testable import CustomLoss

/// The parts that the example `CustomLoss` shows how to write.
@Suite struct CustomPartTests {
  /// Protects those who copy the loss: its gradient is that of its value.
  @Test func dream() throws {
    let report = try GradientCheck.check(Dream(layer: -1), shapes: [[2, 3, 5, 4]])
    #expect(report.comparisonCount > 0)
  }

  /// Protects those who copy the modifier: gradients come back to the pixels they belong to.
  @Test func mirroring() throws {
    let report = try GradientCheck.check(Mirroring(), size: PictureSize(height: 5, width: 7))
    #expect(report.comparisonCount > 0)
  }

  /// Protects what the modifier says it does: a mirror image, and the picture itself after two.
  @Test func mirrorImage() {
    let mirror = MirrorImage(outputSize: PictureSize(height: 1, width: 3, channels: 2))
    let picture: [Float] = [1, 2, 3, 4, 5, 6]
    func mirrored(_ picture: [Float]) -> [Float] {
      var result = [Float](repeating: 0, count: picture.count)
      var span = result.mutableSpan
      mirror.apply(picture.span, into: &span)
      return result
    }
    #expect(mirrored(picture) == [5, 6, 3, 4, 1, 2])
    #expect(mirrored(mirrored(picture)) == picture)
  }

  /// Protects the rule: open rectifiers pass all of the gradient, closed ones the leak.
  @Test func leakyBackprop() {
    func pass(slope: Float) -> Float {
      LeakyBackprop(leak: 0.1).pullback(
        2, at: ActivationPoint(input: 0, output: 0, slope: slope, isRectifier: true))
    }
    #expect(pass(slope: 1) == 2)
    #expect(pass(slope: 0) == 0.2)
  }
}
