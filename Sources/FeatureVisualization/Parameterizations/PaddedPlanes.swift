/// Planes of numbers one after another, their rows aligned to 64 bytes.
struct PaddedPlanes {
  let base: UnsafeMutablePointer<Float>
  let height: Int
  /// From a row to the next.
  let rowStep: Int

  /// The numbers that `count` planes take.
  static func count(planes: Int, height: Int, width: Int) -> Int {
    planes * height * rowStep(width)
  }

  /// From a row to the next, of rows of whole vectors.
  static func rowStep(_ width: Int) -> Int { (width + 15) / 16 * 16 }

  /// Planes in memory that is aligned to 64 bytes.
  init(_ base: UnsafeMutablePointer<Float>, height: Int, width: Int) {
    self.base = base
    self.height = height
    rowStep = Self.rowStep(width)
  }

  /// From a plane to the next.
  var planeStep: Int { height * rowStep }

  /// Where a row begins.
  func row(_ plane: Int, _ y: Int) -> UnsafeMutablePointer<Float> {
    base + plane * planeStep + y * rowStep
  }
}
