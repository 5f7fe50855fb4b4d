import ConvolutionalNetworks
import FeatureVisualization
import Testing

/// Protects parameterizations and transformations: pictures of the peers' parameters, and the gradients of those, are theirs.
struct PeerPictureTests {
  private func sample(
    _ peer: String, _ name: String, where isWanted: (PeerReference.Decoder) -> Bool = { _ in true }
  ) throws -> PeerReference.Decoder {
    try #require(
      try PeerReference.load(peer).decoders.first { $0.name == name && isWanted($0) })
  }

  private func compare(
    _ parameterization: any Parameterization, _ parameters: [Float],
    with sample: PeerReference.Decoder,
    _ gradient: [Float]
  ) throws {
    let decoder = try parameterization.makeDecoder(
      for: DecoderContext(size: sample.size, specification: try InputSpecification()))
    try #require(decoder.parameterCount == parameters.count)
    var picture = [Float](repeating: .nan, count: sample.size.count)
    var span = picture.mutableSpan
    decoder.decode(parameters.span, into: &span)
    #expect(largestDifference(picture, sample.picture.values) < 1e-5)
    var found = [Float](repeating: .nan, count: parameters.count)
    var gradientSpan = found.mutableSpan
    let weights = try #require(sample.weights).values
    decoder.pullback(weights.span, at: parameters.span, picture: picture.span, into: &gradientSpan)
    let largest = gradient.map(abs).max() ?? 0
    #expect(largestDifference(found, gradient) < 1e-4 * largest)
  }

  @Test(arguments: [("lucent", 10), ("lucent", 7), ("keras", 8)])
  func `a Fourier buffer is the same picture`(peer: String, height: Int) throws {
    let sample = try sample(peer, "fourier") {
      $0.size.height == height && $0.size.width % 2 == 0
    }
    try compare(
      Fourier(decay: try #require(sample.decay), colors: nil), sample.parameters.values,
      with: sample, try #require(sample.gradient).values)
  }

  @Test func `lucent's last column of an odd width counts for nothing`() throws {
    let sample = try sample("lucent", "fourier") { $0.size.width % 2 == 1 }
    let (all, gradient) = (sample.parameters, try #require(sample.gradient))
    let columns = sample.size.width / 2 + 1
    // A picture of 7 columns has 4 frequencies in its half spectrum; lucent optimises 5.
    #expect(all.shape.last == columns + 1)
    func kept(_ values: [Float]) -> [Float] {
      values.indices.filter { $0 % (columns + 1) < columns }.map { values[$0] }
    }
    let extra = gradient.values.indices.filter { $0 % (columns + 1) == columns }
    #expect(extra.allSatisfy { gradient.values[$0] == 0 })
    try compare(Fourier(colors: nil), kept(all.values), with: sample, kept(gradient.values))
  }

  @Test(arguments: [8, 6])
  func `MACO's phases are the same picture`(width: Int) throws {
    let sample = try sample("keras", "maco") { $0.size.width == width }
    try compare(
      MagnitudeConstrained(colors: nil), sample.parameters.values, with: sample,
      try #require(sample.gradient).values)
  }

  /// The peers' matrix is the root of lucid's covariance in two digits; its second and third axis point the other way.
  @Test func `the basis of colors is the peers', which have it in two digits`() throws {
    let theirs = try sample("keras", "colors").picture.values
    for row in 0..<3 {
      for (column, sign) in [Float(1), -1, -1].enumerated() {
        let ours = ColorDecorrelation.imageNet.matrix[3 * row + column]
        #expect(abs(ours - sign * theirs[3 * column + row]) < 0.016)
      }
    }
  }

  @Test(arguments: ["grey padding", "mirrored padding"])
  func `a frame is lucent's`(name: String) throws {
    let sample = try sample("lucent", name)
    let modifier = PicturePadding(.pixels(3), fill: name.hasPrefix("grey") ? .gray(0.5) : .mirrored)
    let transformation = try drawn(modifier, for: sample)
    let picture = transformed(sample.parameters.values, by: transformation)
    #expect(largestDifference(picture, sample.picture.values) < 1e-6)
    var gradient = [Float](repeating: 0, count: sample.parameters.values.count)
    var span = gradient.mutableSpan
    let (weights, input) = (try #require(sample.weights).values, sample.parameters.values)
    transformation.pullback(weights.span, at: input.span, addingTo: &span)
    #expect(largestDifference(gradient, try #require(sample.gradient).values) < 1e-5)
  }

  /// Beyond the picture's edge tf-keras-vis mirrors it, so that only what lies inside is compared; its angles are clockwise.
  @Test func `a turn is tf-keras-vis'`() throws {
    let sample = try sample("keras", "rotation by 10°")
    func turned(_ brightness: Float) throws -> [Float] {
      transformed(
        sample.parameters.values,
        by: try drawn(RandomRotation(degrees: [-10], brightness: brightness), for: sample))
    }
    let (dark, light) = (try turned(0), try turned(1))
    // Where the grey beyond the edge makes no difference.
    let inside = dark.indices.filter { dark[$0] == light[$0] }
    #expect(inside.count > dark.count / 2)
    for index in inside { #expect(abs(dark[index] - sample.picture.values[index]) < 1e-5) }
  }

  private func drawn(
    _ modifier: any InputModifier, for sample: PeerReference.Decoder
  ) throws -> any PictureTransformation {
    var generator = SeededGenerator(seed: 1)
    return try #require(
      modifier.draw(
        for: PeerReference.Decoder.size(sample.parameters.shape), at: Moment(iteration: 0, of: 1),
        using: &generator))
  }

  private func transformed(
    _ picture: [Float], by transformation: any PictureTransformation
  ) -> [Float] {
    var result = [Float](repeating: .nan, count: transformation.outputSize.count)
    var span = result.mutableSpan
    transformation.apply(picture.span, into: &span)
    return result
  }
}

/// The largest difference between two arrays; infinite where counts differ or a number is NaN.
private func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).reduce(0) {
    let difference = abs($1.0 - $1.1)
    return difference.isNaN ? .infinity : max($0, difference)
  }
}
