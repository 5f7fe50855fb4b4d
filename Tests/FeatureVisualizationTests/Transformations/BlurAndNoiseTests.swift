import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Blur and noise have the strength that they say, and add nothing else.
struct BlurAndNoiseTests {
  @Test(arguments: [
    PictureSize(height: 9, width: 12), PictureSize(height: 3, width: 2, channels: 1),
    PictureSize(height: 1, width: 7, channels: 4),
  ])
  func `a blur is a Gaussian of its kernel, mirrored at the edges`(size: PictureSize) {
    let (sigma, radius) = (1.3, 3)
    let picture = size.noise()
    func mirrored(_ place: Int, _ count: Int) -> Int {
      var place = place
      while place < 0 || place >= count { place = place < 0 ? -1 - place : 2 * count - 1 - place }
      return place
    }
    func weight(_ distance: Int) -> Double {
      2.718281828459045.power(-Double(distance * distance) / (2 * sigma * sigma))
    }
    let sum = (-radius...radius).map(weight).reduce(0, +)
    var expected: [Float] = []
    for index in 0..<size.count {
      let (pixel, channel) = (index / size.channels, index % size.channels)
      var value = 0.0
      for dy in -radius...radius {
        for dx in -radius...radius {
          let row = mirrored(pixel / size.width + dy, size.height)
          let column = mirrored(pixel % size.width + dx, size.width)
          value +=
            weight(dy) * weight(dx) / (sum * sum)
            * Double(picture[(row * size.width + column) * size.channels + channel])
        }
      }
      expected.append(Float(value))
    }
    let blur = RandomBlur.randomBlur(sigma: .constant(sigma), kernelSide: 2 * radius + 1)
    #expect(largestDifference(blur.shown(picture, size), expected) < 1e-6)
    #expect(!blur.isRandom)
  }

  @Test func `an odd kernel moves nothing and keeps brightness`() {
    let size = PictureSize(height: 1, width: 21, channels: 1)
    let spot = (0..<21).map { Float($0 == 10 ? 1 : 0) }
    for seed in 0..<20 as Range<UInt64> {
      let blurred = RandomBlur.randomBlur().shown(spot, size, seed: seed)
      #expect(largestDifference(blurred, blurred.reversed()) < 1e-7)
      #expect(abs(blurred.reduce(0, +) - 1) < 1e-5)
    }
  }

  @Test func `noise has its deviation and its width`() {
    let size = PictureSize(height: 100, width: 101)
    let picture = [Float](repeating: 0.5, count: size.count)
    func statistics(_ modifier: Noise, _ moment: Moment) -> (mean: Double, variance: Double) {
      let noise = modifier.shown(picture, size, at: moment).map { Double($0) - 0.5 }
      let mean = noise.reduce(0, +) / Double(noise.count)
      return (mean, noise.reduce(0) { $0 + $1 * $1 } / Double(noise.count))
    }
    let (first, last) = (Moment(iteration: 0, of: 10), Moment(iteration: 9, of: 10))
    let both = statistics(.noise(0.08), first)
    #expect(abs(both.mean) < 0.003 && abs(both.variance - 0.0064 * (1 + 1.0 / 12)) < 2e-4)
    let uniform = Noise(deviation: 0, width: 0.2)
    #expect(abs(statistics(uniform, first).variance - 0.04 / 12) < 1e-4)
    #expect(uniform.shown(picture, size).allSatisfy { (0.4...0.6).contains($0) })
    let falling = Noise(deviation: .linear(from: 0.1, to: 0))
    #expect(abs(statistics(falling, first).variance - 0.01) < 3e-4)
    #expect(statistics(falling, last).variance == 0)
  }

  /// Protects stretches: noise must not repeat itself from one to the next, nor depend on threads.
  @Test func `noise is the same on any number of threads, and nowhere twice`() {
    let size = PictureSize(height: 120, width: 130)
    let picture = [Float](repeating: 0, count: size.count)
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    WorkerPool.threadCount = 1
    let one = Noise.noise(1).shown(picture, size, seed: 4)
    WorkerPool.threadCount = 3
    #expect(one == Noise.noise(1).shown(picture, size, seed: 4))
    #expect(one != Noise.noise(1).shown(picture, size, seed: 5))
    #expect(Set(one.map(\.bitPattern)).count > size.count * 99 / 100)
  }

  @Test func `noise that is not finite is refused`() throws {
    var preset = Preset.smallSteps(2)
    preset.inputModifiers = [Noise(deviation: Schedule { $0.iteration == 0 ? 0.1 : .nan })]
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(of: "dense", units: [0], preset: preset)
    }
  }
}
