/// Mean magnitudes of pictures' spectra, `[C, H, W / 2 + 1]` for the size of the first picture.
struct MeasuredMagnitude: Sendable {
  private let size: PictureSize
  private let planes: [Float]

  var channels: Int { size.channels }

  init(_ pictures: [Tensor], colors: ColorDecorrelation?) throws(VisualizationError) {
    var first: PictureSize?
    var sums: [Float] = []
    var count = 0
    for tensor in pictures {
      let size = try Self.size(tensor)
      let whole = first ?? size
      first = whole
      guard size.channels == whole.channels else {
        throw .invalidArgument(
          "pictures", "\(size.channels) channels, and those before have \(whole.channels)")
      }
      guard tensor.bounds != nil else {
        throw .invalidArgument("pictures", "a pixel is not finite")
      }
      guard colors.map({ $0.channelCount == size.channels }) ?? true else {
        throw .incompatible(
          "a basis of \(colors?.channelCount ?? 0) channels", "pictures of \(size.channels)",
          reason: "do without: colors: nil")
      }
      let analysis = SpectrumAnalysis(size, colors: colors?.matrix)
      let elements = tensor.elements
      for start in stride(from: 0, to: elements.count, by: size.count) {
        let own = MeasuredMagnitude(
          size: size, planes: analysis.magnitudes(Array(elements[start..<start + size.count])))
        let numbers = size == whole ? own.planes : own.numbers(whole)
        sums = sums.isEmpty ? numbers : zip(sums, numbers).map { $0 + $1 }
        count += 1
      }
    }
    guard let first, count > 0 else {
      throw .invalidArgument("pictures", "none to measure")
    }
    self.init(size: first, planes: sums.map { $0 / Float(count) })
  }

  private init(size: PictureSize, planes: [Float]) { (self.size, self.planes) = (size, planes) }

  private static func size(_ tensor: Tensor) throws(VisualizationError) -> PictureSize {
    guard tensor.rank == 3 || tensor.rank == 4 else {
      throw .invalidArgument(
        "pictures", "shape \(tensor.shape) is neither [N, H, W, C] nor [H, W, C]")
    }
    let shape = Array(tensor.shape.suffix(3))
    let size = PictureSize(height: shape[0], width: shape[1], channels: shape[2])
    try size.validate()
    guard (1...4096).contains(size.channels) else {
      throw .invalidArgument("pictures", "\(size.channels) channels are not in 1...4096")
    }
    return size
  }

  /// The magnitudes at the frequencies of a picture of another size.
  func numbers(_ other: PictureSize) -> [Float] {
    let frequencies = SpectrumMagnitude.frequencies(other)
    return (0..<channels).flatMap { channel in
      frequencies.map { Float(magnitude(channel, $0.y, $0.x)) }
    }
  }

  /// The magnitude at a frequency in cycles per pixel, between those of the spectrum.
  private func magnitude(_ channel: Int, _ y: Double, _ x: Double) -> Double {
    let columns = size.width / 2 + 1
    let row = y * Double(size.height)
    let column = min(x * Double(size.width), Double(columns - 1))
    let (top, left) = (row.rounded(.down), column.rounded(.down))
    func at(_ y: Int, _ x: Int) -> Double {
      let row = (y % size.height + size.height) % size.height
      return Double(planes[(channel * size.height + row) * columns + min(x, columns - 1)])
    }
    let (down, right) = (row - top, column - left)
    let (y, x) = (Int(top), Int(left))
    return (1 - down) * ((1 - right) * at(y, x) + right * at(y, x + 1))
      + down * ((1 - right) * at(y + 1, x) + right * at(y + 1, x + 1))
  }
}

/// Takes pictures apart into spectra of decorrelated channels.
package struct SpectrumAnalysis {
  private let colors: PlaneColors
  private let transform: InverseRealTransform

  /// - Parameter colors: the basis that channels are decorrelated by; `nil` for channels as they are.
  package init(_ size: PictureSize, colors: [Float]?) {
    self.colors = PlaneColors(size, colors)
    let area = Double(size.height * size.width)
    transform = InverseRealTransform(
      height: size.height, width: size.width, gain: { _ in 1 / area })
  }

  /// `rfft2` of the channels of numbers, channels last: for each a plane of real parts and one of imaginary parts.
  func spectra(_ numbers: [Float]) -> [Float] {
    let channels = colors.size.channels
    var spectra = [Float](repeating: 0, count: channels * transform.spectrumCount)
    spectra.withUnsafeMutableBufferPointer { spectra in
      guard let base = spectra.baseAddress else { return }
      transform.analyze(into: base, count: channels) { colors.unmix(numbers, into: $0) }
    }
    return spectra
  }

  /// The magnitudes of the spectra over √(H·W), so that they are alike for pictures of any size; at 0 that of the lowest
  /// frequencies.
  package func magnitudes(_ numbers: [Float]) -> [Float] {
    let spectra = spectra(numbers)
    let size = colors.size
    let columns = size.width / 2 + 1
    let plane = size.height * columns
    let root = Float(size.height * size.width).squareRoot()
    return (0..<size.channels).flatMap { channel in
      let start = channel * 2 * plane
      var magnitudes = (0..<plane).map { index in
        let (re, im) = (spectra[start + index], spectra[start + plane + index])
        return (re * re + im * im).squareRoot() / root
      }
      let neighbours =
        (columns > 1 ? [magnitudes[1]] : []) + (size.height > 1 ? [magnitudes[columns]] : [])
      magnitudes[0] = neighbours.isEmpty ? 1 : neighbours.reduce(0, +) / Float(neighbours.count)
      return magnitudes
    }
  }
}
