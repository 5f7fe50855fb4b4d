internal import ConvolutionalNetworks

/// Draws pictures in the colours of a palette: what a pixel's colour lacks is handed on to its neighbours (Floyd and
/// Steinberg, An adaptive algorithm for spatial greyscale, 1976), row by row in turns from the left and from the right.
///
/// Pixels whose colour is in the palette keep it, and hand nothing on: paper and letters stay clean.
struct PaletteDithering {
  private let palette: AnimationPalette
  /// The nearest colour of each cell of 4 levels a channel, found when it is first asked for.
  private var nearest: [UInt8?] = Array(repeating: nil, count: 1 << 18)

  init(_ palette: AnimationPalette) { self.palette = palette }

  /// The places in the palette of the pixels of a picture `[H, W, 3]`, row by row.
  mutating func indices(of picture: Tensor) -> [UInt8] {
    let (height, width) = (picture.shape[0], picture.shape[1])
    var indices = [UInt8](repeating: 0, count: height * width)
    // What a row takes over from the one before, with a column more at each side.
    var (now, below) = ([SIMD3<Float>](repeating: .zero, count: width + 2), [SIMD3<Float>]())
    picture.withUnsafeBufferPointer { elements in
      for row in 0..<height {
        below = Array(repeating: .zero, count: width + 2)
        let ahead = row.isMultiple(of: 2) ? 1 : -1
        for step in 0..<width {
          let column = ahead > 0 ? step : width - 1 - step
          let pixel = row * width + column
          let color = SIMD3(elements, pixel)
          if let place = palette.place(of: color) {
            indices[pixel] = place
            continue
          }
          let wanted = (SIMD3<Float>(color) + now[column + 1]).clamped(
            lowerBound: .zero, upperBound: .init(repeating: 255))
          let place = nearestPlace(to: wanted)
          indices[pixel] = place
          let error = wanted - SIMD3<Float>(palette.colors[Int(place)])
          now[column + 1 + ahead] += error * (7 / 16)
          below[column + 1 - ahead] += error * (3 / 16)
          below[column + 1] += error * (5 / 16)
          below[column + 1 + ahead] += error * (1 / 16)
        }
        swap(&now, &below)
      }
    }
    return indices
  }

  private mutating func nearestPlace(to color: SIMD3<Float>) -> UInt8 {
    let cell = SIMD3<Int32>(color) &>> 2
    let index = Int(cell.x << 12 | cell.y << 6 | cell.z)
    if let known = nearest[index] { return known }
    let place = palette.nearest(to: cell &<< 2 &+ 2)
    nearest[index] = place
    return place
  }
}
