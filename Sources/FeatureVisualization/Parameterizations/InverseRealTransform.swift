#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The two-dimensional inverse Fourier transform of a half spectrum, with a gain for each frequency, and its
/// adjoint: matrix products with tables of cosines and sines, fast enough at the size of pictures.
///
/// A spectrum is a plane of real parts and one of imaginary parts, each `height × (width / 2 + 1)`.
struct InverseRealTransform: Sendable {
  let height: Int
  let width: Int

  /// The gain of each frequency, `height × columns`.
  private let gains: [Float]
  /// The columns' inverse transform as a real matrix on stacked real and imaginary parts, `2·height` squared.
  private let vertical: Tensor
  /// The rows' inverse transform: `columns × width` for real parts, then for imaginary parts.
  private let horizontal: Tensor

  private var columns: Int { width / 2 + 1 }

  /// The numbers of a spectrum.
  var spectrumCount: Int { 2 * height * columns }

  /// - Parameter gain: the gain for a frequency in cycles per pixel.
  init(height: Int, width: Int, gain: (Double) -> Double) {
    self.height = height
    self.width = width
    let columns = width / 2 + 1
    gains = (0..<height * columns).map { index in
      let (row, column) = (index / columns, index % columns)
      let fy = Double(min(row, height - row)) / Double(height)
      let fx = Double(column) / Double(width)
      return Float(gain((fy * fy + fx * fx).squareRoot()))
    }
    var vertical = [Float](repeating: 0, count: 4 * height * height)
    for y in 0..<height {
      for k in 0..<height {
        let angle = 2 * Double.pi * Double(y * k % height) / Double(height)
        vertical[y * 2 * height + k] = Float(cos(angle))
        vertical[y * 2 * height + height + k] = Float(-sin(angle))
        vertical[(height + y) * 2 * height + k] = Float(sin(angle))
        vertical[(height + y) * 2 * height + height + k] = Float(cos(angle))
      }
    }
    self.vertical = Tensor(shape: [2 * height, 2 * height], elements: vertical)
    var horizontal = [Float](repeating: 0, count: 2 * columns * width)
    for f in 0..<columns {
      // Frequencies other than 0 and the highest of an even width stand for their mirror image as well.
      let count = f == 0 || 2 * f == width ? 1.0 : 2.0
      for x in 0..<width {
        let angle = 2 * Double.pi * Double(f * x % width) / Double(width)
        horizontal[f * width + x] = Float(count * cos(angle))
        horizontal[(columns + f) * width + x] = Float(-count * sin(angle))
      }
    }
    self.horizontal = Tensor(shape: [2 * columns, width], elements: horizontal)
  }

  /// Writes the `height × width` plane of a spectrum.
  func apply(_ spectrum: UnsafePointer<Float>, into plane: UnsafeMutablePointer<Float>) {
    let half = height * columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * half) { memory in
      guard let scaled = memory.baseAddress else { return }
      let partial = scaled + 2 * half
      for i in 0..<half {
        scaled[i] = spectrum[i] * gains[i]
        scaled[half + i] = spectrum[half + i] * gains[i]
      }
      MatrixProduct.compute(
        rows: 2 * height, columns: columns, inner: 2 * height,
        .plain(vertical.unsafeElements, step: 2 * height), .plain(scaled, step: columns),
        into: partial, step: columns)
      for part in 0..<2 {
        MatrixProduct.compute(
          rows: height, columns: width, inner: columns,
          .plain(partial + part * half, step: columns),
          .plain(horizontal.unsafeElements + part * columns * width, step: width),
          into: plane, step: width, accumulating: part == 1)
      }
    }
  }

  /// Writes the gradient of the spectrum for the gradient of the plane.
  func applyAdjoint(_ plane: UnsafePointer<Float>, into spectrum: UnsafeMutablePointer<Float>) {
    let half = height * columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * half) { memory in
      guard let partial = memory.baseAddress else { return }
      for part in 0..<2 {
        MatrixProduct.compute(
          rows: height, columns: columns, inner: width, .plain(plane, step: width),
          .transposed(horizontal.unsafeElements + part * columns * width, step: width),
          into: partial + part * half, step: columns)
      }
      MatrixProduct.compute(
        rows: 2 * height, columns: columns, inner: 2 * height,
        .transposed(vertical.unsafeElements, step: 2 * height), .plain(partial, step: columns),
        into: spectrum, step: columns)
      for i in 0..<half {
        spectrum[i] *= gains[i]
        spectrum[half + i] *= gains[i]
      }
    }
  }

  /// Writes the spectrum whose plane is `plane`: the way back from `apply`.
  func analyze(_ plane: UnsafePointer<Float>, into spectrum: UnsafeMutablePointer<Float>) {
    // The adjoint is the forward transform but for the gains and the mirrored frequencies' count.
    applyAdjoint(plane, into: spectrum)
    let half = height * columns
    for i in 0..<half {
      let column = i % columns
      let count: Float = column == 0 || 2 * column == width ? 1 : 2
      let energy = gains[i] * gains[i] * count * Float(height * width)
      let scale = energy > 0 ? 1 / energy : 0
      spectrum[i] *= scale
      spectrum[half + i] *= scale
    }
  }
}
