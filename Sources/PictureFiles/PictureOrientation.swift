/// How a picture is turned before it is shown, as cameras note it (EXIF 2.32, tag 0112).
enum PictureOrientation: UInt16, CaseIterable {
  case upright = 1
  case mirrored = 2
  case turnedHalf = 3
  case mirroredUpsideDown = 4
  case transposed = 5
  case turnedRight = 6
  case transversed = 7
  case turnedLeft = 8

  /// Whether height and width change places.
  var exchangesAxes: Bool { rawValue >= 5 }

  /// The stored pixel that is shown in row `y` and column `x`, of a picture stored as `height` × `width`.
  func source(y: Int, x: Int, height: Int, width: Int) -> (y: Int, x: Int) {
    switch self {
    case .upright: (y, x)
    case .mirrored: (y, width - 1 - x)
    case .turnedHalf: (height - 1 - y, width - 1 - x)
    case .mirroredUpsideDown: (height - 1 - y, x)
    case .transposed: (x, y)
    case .turnedRight: (height - 1 - x, y)
    case .transversed: (height - 1 - x, width - 1 - y)
    case .turnedLeft: (x, width - 1 - y)
    }
  }
}
