import ConvolutionalNetworks
import PictureFiles
import Testing

/// Protects what colours over a picture say: how much, where, and of which sign.
@Suite("Heat maps") struct HeatMapTests {
  private let ramp = ColorMap([SIMD3(0, 0, 0), SIMD3(1, 1, 1)])

  private func map(_ numbers: [Float], height: Int = 1) -> Tensor {
    Tensor(shape: [height, numbers.count / height, 1], elements: numbers)
  }

  /// Protects limits: the percentile of all numbers, of magnitudes where there are signs, and each map's own.
  @Test func limits() {
    let numbers = (1...100).map { Float($0) }
    #expect(HeatMap(percentile: 99).limits(of: map(numbers)) == [99])
    #expect(HeatMap(percentile: 100).limits(of: map(numbers)) == [100])
    #expect(HeatMap(percentile: 99).limits(of: map(numbers.map { -$0 })) == [0])
    #expect(HeatMap(isSigned: true, percentile: 50).limits(of: map(numbers.map { -$0 })) == [50])
    // Mostly zeros: the largest, or nothing could be seen.
    #expect(HeatMap(percentile: 50).limits(of: map([0, 0, 0, 0, 3])) == [3])
    #expect(HeatMap(percentile: 100).limits(of: map([1, .infinity, .nan, 2])) == [2])
    let two = Tensor(shape: [2, 1, 2, 1], elements: [0, 1, 0, 8])
    #expect(HeatMap(percentile: 100).limits(of: two) == [1, 8])
  }

  /// Protects colours: in proportion to the limit, clipped beyond, negative numbers as 0 or as the other end.
  @Test func colors() {
    func red(_ heat: HeatMap, _ numbers: [Float]) -> [Float] {
      let picture = heat.picture(of: map(numbers))
      #expect(picture.shape == [1, 1, numbers.count, 3])
      return stride(from: 0, to: picture.count, by: 3).map { picture.elements[$0] }
    }
    let plain = HeatMap(colors: ramp, percentile: 100)
    #expect(red(plain, [0, 1, 2, 4, -4]) == [0, 0.25, 0.5, 1, 0])
    let signed = HeatMap(colors: ramp, isSigned: true, percentile: 100)
    #expect(red(signed, [-4, -2, 0, 2, 4]) == [0, 0.25, 0.5, 0.75, 1])
    #expect(red(HeatMap(colors: ramp, percentile: 50), [1, 2, 9, 3]) == [0.5, 1, 1, 1])
    #expect(red(plain, [.nan, 2, .infinity, 1]) == [0, 1, 0, 0.5])
  }

  /// Protects maps that are zero everywhere: no division, no noise made visible.
  @Test(arguments: [Float(0), -1, .nan, .leastNonzeroMagnitude]) func mapsOfNothing(number: Float) {
    let nothing = map([number, 0, 0, 0], height: 2)
    for isSigned in [false, true]
    where number != .leastNonzeroMagnitude && !(isSigned && number == -1) {
      let heat = HeatMap(isSigned: isSigned, opacity: 1)
      #expect(heat.limits(of: nothing) == [0])
      let neutral = heat.colors.color(of: isSigned ? 0.5 : 0)
      #expect(
        heat.picture(of: nothing).elements
          == (0..<4).flatMap { _ in [neutral.x, neutral.y, neutral.z] })
      let photo = SamplePicture.gradient(height: 4, width: 4)
      let faded = HeatMap(isSigned: isSigned, opacity: 1, fades: true)
      #expect(faded.overlay(of: nothing, over: photo) == photo)
    }
    #expect(
      HeatMap().picture(of: nothing).elements.allSatisfy { $0.isFinite && (0...1).contains($0) })
  }

  /// Protects overlays: the formula, the map's bilinear resizing, grey pictures, several at once.
  @Test func overlay() {
    let photo = Tensor(shape: [1, 2, 2, 1], elements: [0.5, 0.5, 0.25, 1])
    let numbers = map([0, 1, 1, 0], height: 2)
    let heat = HeatMap(colors: ramp, percentile: 100, opacity: 0.5)
    let over = heat.overlay(of: numbers, over: photo)
    #expect(over.shape == [1, 2, 2, 3])
    #expect(
      over.elements == [0.25, 0.75, 0.625, 0.5].flatMap { [Float]([$0, $0, $0]) })
    let fading = HeatMap(colors: ramp, percentile: 100, opacity: 0.5, fades: true)
    #expect(
      fading.overlay(of: numbers, over: photo).elements
        == [0.5, 0.75, 0.625, 1].flatMap { [Float]([$0, $0, $0]) })
    let larger = Tensor(shape: [2, 4, 4, 3], repeating: 0)
    let pair = Tensor(shape: [2, 2, 2, 1], elements: [0, 1, 1, 0, 0, 0, 0, 2])
    let whole = HeatMap(colors: ramp, percentile: 100, opacity: 1).overlay(of: pair, over: larger)
    let resized = Tensor(
      shape: [2, 2, 2, 1], elements: [0, 1, 1, 0, 0, 0, 0, 1]
    ).resized(height: 4, width: 4)
    #expect(
      stride(from: 0, to: whole.count, by: 3).map { whole.elements[$0] } == resized.elements)
  }
}
