import FeatureVisualization
import Foundation
import Testing

/// Planes of lower resolution: what a start is, what pictures of a batch have in common, and other sizes.
struct CoarsePlaneTests {
  private func noise(_ count: Int, _ seed: UInt64, in range: ClosedRange<Float> = 0.02...0.98)
    -> [Float]
  {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * Float(generator.uniform())
    }
  }

  @Test(arguments: [
    PictureSize(height: 9, width: 7), PictureSize(height: 1, width: 5),
    PictureSize(height: 6, width: 4, channels: 1),
  ])
  func `a picture goes to the finest planes, or to the spectrum`(size: PictureSize) throws {
    let picture = noise(size.count, 3)
    let parameterizations: [any Parameterization] = [
      LaplacianPyramid(), LowResolution([.own(4), .own(1), .shared(2)]),
      LowResolution([.own(2), .shared(2)], addedTo: Fourier()),
    ]
    for parameterization in parameterizations {
      let decoder = try parameterization.decoder(size)
      let parameters = try #require(decoder.parameters(decodingTo: picture))
      #expect(parameters.count == decoder.parameterCount)
      #expect(largestDifference(decoder.decoded(parameters, size), picture) < 1e-4)
    }
    #expect(try LowResolution([.own(2)]).decoder(size).parameters(decodingTo: picture) == nil)
  }

  @Test func `the start is grey with a little of every resolution`() throws {
    let size = PictureSize(height: 33, width: 20)
    let decoder = try LaplacianPyramid().decoder(size)
    #expect(decoder.parameterCount == 3 * (33 * 20 + 17 * 10 + 9 * 5 + 5 * 3))
    var generator = SeededGenerator(seed: 2)
    let parameters = decoder.initialParameters(using: &generator)
    let variance = parameters.reduce(0) { $0 + $1 * $1 } / Float(parameters.count)
    #expect(abs(variance.squareRoot() - 0.01) < 1e-3)
    let picture = decoder.decoded(parameters, size)
    #expect(picture.allSatisfy { abs($0 - 0.5) < 0.05 } && Set(picture).count > 1000)
  }

  /// Protects the shapes of lucid's mix: two sets for five pictures are those of the ends, and blends between them.
  @Test func `shared planes are blended along the batch`() throws {
    let size = PictureSize(height: 6, width: 6, channels: 1)
    let levels = LowResolution([.shared(3, sets: 2)], deviation: 1, colors: nil)
    var generator = SeededGenerator(seed: 2)
    let first = try levels.decoder(size, picture: 0, of: 5)
    #expect(first.parameterCount == 8 && first.sharedParameterCount == 8)
    let parameters = first.initialParameters(using: &generator)
    let logits = try (0..<5).map { picture in
      try levels.decoder(size, picture: picture, of: 5).decoded(parameters, size).map {
        -Foundation.log(1 / Double($0) - 1)
      }
    }
    // Centres of five pictures in those of two sets: −0.3, 0.1, 0.5, 0.9, 1.3, held inside 0…1.
    for (picture, share) in [(1, 0.1), (2, 0.5), (3, 0.9)] {
      let blend = zip(logits[0], logits[4]).map { (1 - share) * $0 + share * $1 }
      for (found, wanted) in zip(logits[picture], blend) { #expect(abs(found - wanted) < 1e-4) }
    }
    #expect(logits[0] != logits[4])
    // A single picture has no use for two sets.
    #expect(try levels.decoder(size).parameterCount == 4)
  }

  @Test func `pictures of a batch have shared planes in common, and their own spectra`() throws {
    var recipe = Preset(
      name: "shared", parameterization: LowResolution([.shared(2), .shared(4)], deviation: 0.3),
      optimizer: Adam(), iterations: 4)
    let objective = ActivationMaximization(layer: "dense", eachOf: [[1], [3], [0]])
    let network = try SmoothNetwork.unit.make()
    let alike = try network.visualizeActivationWithLosses(
      objective, preset: recipe, seeds: [1, 2, 3])
    #expect(alike.picture(0) == alike.picture(1) && alike.picture(1) == alike.picture(2))
    recipe.parameterization = LowResolution([.shared(2), .shared(4)], addedTo: Fourier())
    let mixed = try network.visualizeActivationWithLosses(
      objective, preset: recipe, seeds: [1, 2, 3])
    #expect(mixed.picture(0) != mixed.picture(1))
    let shared = 3 * (7 * 7 + 4 * 4)
    let values = mixed.parameters.values
    #expect(values[0].suffix(shared) == values[1].suffix(shared))
    #expect(values[0].prefix(20) != values[1].prefix(20))
  }

  @Test func `smooth pictures look the same at another size`() throws {
    let parameterizations: [any Parameterization] = [
      LaplacianPyramid(levels: 3), LowResolution([.own(1), .own(4), .shared(8)]),
    ]
    for parameterization in parameterizations {
      var recipe = Preset(
        name: "sizes", parameterization: parameterization, optimizer: Adam(learningRate: 0.02),
        iterations: 3)
      recipe.start = .picture(
        Tensor(
          shape: [1, 14, 14, 3],
          elements: (0..<588).map { (index: Int) -> Float in
            0.5 + 0.3 * Float(index / 42 - 7) / 14
          }))
      let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        ActivationMaximization(layer: "dense", units: [1]), preset: recipe)
      let large = try drawn.parameters.pictures(height: 42, width: 42)
      for y in 2..<12 {
        for x in 2..<12 {
          for channel in 0..<3 {
            let (small, same) = (
              drawn.pictures[0, y, x, channel], large[0, 3 * y + 1, 3 * x + 1, channel]
            )
            #expect(abs(small - same) < 0.05, "\(parameterization.name) \(y) \(x)")
          }
        }
      }
    }
  }
}
