internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Makes a picture of planes, `σ(matrix · planes)`, pulls gradients back and finds the planes of a picture.
struct PlaneColors: Sendable {
  let size: PictureSize
  /// The matrix from planes to channels, C²; `nil` leaves planes as they are.
  private let matrix: [Float]?

  /// - Parameter colors: the matrix from the first planes to colours; further planes are left as they are, and all of them
  ///   without it.
  init(_ size: PictureSize, _ colors: [Float]?) {
    self.size = size
    matrix = colors.map { colors in
      let (channels, count) = (size.channels, Int(Double(colors.count).squareRoot().rounded()))
      var matrix = Self.identity(channels)
      for row in 0..<count {
        for column in 0..<count {
          matrix[channels * row + column] = colors[count * row + column]
        }
      }
      return matrix
    }
  }

  private static func identity(_ count: Int) -> [Float] {
    (0..<count * count).map { $0 % (count + 1) == 0 ? 1 : 0 }
  }

  /// Writes the picture of planes that are multiplied by a factor before.
  func mix(_ planes: PaddedPlanes, factor: Float = 1, into picture: UnsafeMutablePointer<Float>) {
    withMatrix(factor) { matrix in
      forEachRow { y in
        cfv_mix_planes(
          planes.row(0, y), planes.planeStep, matrix, picture + y * row, size.width, size.channels)
      }
    }
  }

  /// Writes the gradient of the planes for that of the picture.
  func pullBack(
    _ gradient: UnsafePointer<Float>, picture: UnsafePointer<Float>, factor: Float = 1,
    into planes: PaddedPlanes
  ) {
    withMatrix(factor) { matrix in
      forEachRow { y in
        cfv_pull_back_mix_planes(
          gradient + y * row, picture + y * row, matrix, planes.row(0, y), planes.planeStep,
          size.width, size.channels)
      }
    }
  }

  /// Writes the planes whose colours, before the sigmoid, are these numbers, channels last.
  func unmix(_ colors: [Float], into planes: PaddedPlanes) {
    colors.withUnsafeBufferPointer { colors in
      guard let colors = colors.baseAddress else { return }
      let unmixing = unmixing
      forEachRow { y in
        cfv_pull_back_mix_planes(
          colors + y * row, nil, unmixing, planes.row(0, y), planes.planeStep, size.width,
          size.channels)
      }
    }
  }

  /// The transposed inverse of the colours' matrix: its columns are orthogonal, so each is divided by its
  /// own square.
  private var unmixing: [Float]? {
    guard var result = matrix else { return nil }
    let channels = size.channels
    for channel in 0..<channels {
      let entries = (0..<channels).map { channels * $0 + channel }
      let square = entries.reduce(0) { $0 + result[$1] * result[$1] }
      for entry in entries { result[entry] = square > 0 ? result[entry] / square : 0 }
    }
    return result
  }

  /// Calls `body` with the matrix times a factor.
  private func withMatrix(_ factor: Float, _ body: (UnsafePointer<Float>?) -> Void) {
    if factor == 1 {
      guard let matrix else { return body(nil) }
      return matrix.withUnsafeBufferPointer { body($0.baseAddress) }
    }
    let matrix = matrix ?? Self.identity(size.channels)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: matrix.count) { scaled in
      for index in matrix.indices { scaled[index] = factor * matrix[index] }
      body(scaled.baseAddress)
    }
  }

  /// The numbers of a row of the picture.
  private var row: Int { size.width * size.channels }

  private func forEachRow(_ body: (_ y: Int) -> Void) {
    Stretch.forEach(of: size.height, by: 16) { rows in
      for y in rows { body(y) }
    }
  }
}

extension PlaneColors {
  /// The numbers before the sigmoid that give a picture; its colours are taken into 0.01…0.99, since the sigmoid has no
  /// slope beyond, where a pixel would be stuck.
  static func logits(of picture: [Float]) -> [Float] {
    picture.map { color in
      let inner = min(max(color, 0.01), 0.99)
      return log(inner / (1 - inner))
    }
  }
}
