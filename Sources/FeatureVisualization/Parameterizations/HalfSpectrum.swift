/// What the planes of half spectra amount to, without transforming them.
///
/// By Parseval's theorem `Σ planes² = ⟨S, N·S⟩ / (H·W)`: a number inside stands for its mirror image as well, `N·S = 2·S`, and
/// the columns at the edges hold both, so that their planes are those of `N·S = (S(y) + S̄(−y)) / 2`. A spectrum is a plane of
/// real parts and one of imaginary parts, each `height × (width / 2 + 1)`, as in `InverseRealTransform` with a gain of 1 / (H·W).
struct HalfSpectrum: Sendable {
  let height: Int
  let width: Int

  var columns: Int { width / 2 + 1 }
  /// The numbers of the plane of real parts.
  var planeCount: Int { height * columns }

  /// The columns that hold mirror images of their own numbers: the first and, of an even width, the last.
  private var edges: [Int] { width % 2 == 0 ? [0, width / 2] : [0] }

  /// `N·S` at an edge.
  private func mirrored(_ spectrum: UnsafePointer<Float>, _ y: Int, _ column: Int)
    -> (re: Float, im: Float)
  {
    let (here, there) = (y * columns + column, (height - y) % height * columns + column)
    return (
      (spectrum[here] + spectrum[there]) / 2,
      (spectrum[planeCount + here] - spectrum[planeCount + there]) / 2
    )
  }

  /// `⟨S, N·S⟩`.
  ///
  /// - Parameter squares: `Σ |S|²` of all numbers.
  func energy(_ spectrum: UnsafePointer<Float>, squares: Double) -> Double {
    var energy = 2 * squares
    for column in edges {
      for y in 0..<height {
        let place = y * columns + column
        let (re, im) = (Double(spectrum[place]), Double(spectrum[planeCount + place]))
        let own = mirrored(spectrum, y, column)
        energy += re * (Double(own.re) - 2 * re) + im * (Double(own.im) - 2 * im)
      }
    }
    return energy
  }

  /// Subtracts `factor · N·S` at the edges from a gradient: inside it lies along `S`, where phases have no part.
  func subtract(
    _ factor: Float, times spectrum: UnsafePointer<Float>,
    from gradient: UnsafeMutablePointer<Float>
  ) {
    for column in edges {
      for y in 0..<height {
        let own = mirrored(spectrum, y, column)
        gradient[y * columns + column] -= factor * own.re
        gradient[planeCount + y * columns + column] -= factor * own.im
      }
    }
  }
}
