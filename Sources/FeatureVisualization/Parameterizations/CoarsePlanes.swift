internal import CFVKernels

/// Planes of lower resolution, `[n, C, h, w]`, resized bilinearly to a picture's size; centres of pixels correspond.
///
/// Where pictures of a batch share n of them, each picture's are a blend of two that are next to it: planes are resized
/// along the batch, too.
struct CoarsePlanes: Sendable {
  /// The planes' sides.
  let height: Int
  let width: Int
  private let channels: Int
  /// How many sets of planes there are.
  private let count: Int
  /// The two sets that are blended, and the share of the second.
  private let blend: (first: Int, second: Int, share: Float)
  private let rows: AxisBlend
  private let columns: AxisBlend
  private let transposedRows: AxisBlend
  private let transposedColumns: AxisBlend
  private let memory = ReusedMemory()

  /// - Parameters:
  ///   - divisor: what the picture's sides are divided by, rounded up.
  ///   - count: how many sets of planes the pictures of a batch share; 1 is one for all, or the picture's own.
  init(_ context: DecoderContext, dividedBy divisor: Int, count: Int = 1) {
    let size = context.size
    let (height, width) = Self.sides(size, dividedBy: divisor)
    (self.height, self.width, self.channels, self.count) = (height, width, size.channels, count)
    let step = Float(count) / Float(max(context.pictureCount, 1))
    let place = min(max((Float(context.picture) + 0.5) * step - 0.5, 0), Float(count - 1))
    let first = Int(place)
    blend = (first, min(first + 1, count - 1), place - Float(first))
    func along(_ coarse: Int, _ fine: Int, count: Int) -> AxisBlend {
      let step = Float(coarse) / Float(fine)
      return AxisBlend(coarse, from: 0, count: count, step: step, start: (step - 1) / 2)
    }
    rows = along(height, size.height, count: size.height)
    // Planes have rows of whole vectors.
    columns = along(width, size.width, count: PaddedPlanes.rowStep(size.width))
    transposedRows = rows.transposed(height)
    transposedColumns = along(width, size.width, count: size.width).transposed(width)
  }

  /// The sides of planes for a picture.
  static func sides(_ size: PictureSize, dividedBy divisor: Int) -> (height: Int, width: Int) {
    let divisor = max(divisor, 1)
    return ((size.height - 1) / divisor + 1, (size.width - 1) / divisor + 1)
  }

  /// The numbers of a set.
  private var setCount: Int { channels * height * width }
  /// The numbers of all sets.
  var parameterCount: Int { count * setCount }

  /// Adds the resized planes to others.
  func add(_ parameters: UnsafePointer<Float>, to planes: PaddedPlanes) {
    guard blend.share > 0 else {
      addResized(parameters + blend.first * setCount, to: planes)
      return
    }
    let (a, b) = (parameters + blend.first * setCount, parameters + blend.second * setCount)
    let share = blend.share
    memory.withNumbers(setCount) { blended in
      for i in 0..<setCount { blended[i] = (1 - share) * a[i] + share * b[i] }
      addResized(blended, to: planes)
    }
  }

  private func addResized(_ coarse: UnsafePointer<Float>, to planes: PaddedPlanes) {
    resize(
      planes.height, rows, columns, fromWidth: width, toWidth: planes.rowStep, accumulating: true
    ) { (coarse + $0 * height * width, planes.row($0, 0)) }
  }

  /// Writes the gradient of the numbers for that of the planes they are added to.
  func pullBack(_ planes: PaddedPlanes, into gradient: UnsafeMutablePointer<Float>) {
    if count > 1 { gradient.update(repeating: 0, count: parameterCount) }
    let first = gradient + blend.first * setCount
    resize(
      height, transposedRows, transposedColumns, fromWidth: planes.rowStep, toWidth: width,
      accumulating: false
    ) { (UnsafePointer(planes.row($0, 0)), first + $0 * height * width) }
    guard blend.share > 0 else { return }
    let (second, share) = (gradient + blend.second * setCount, blend.share)
    for i in 0..<setCount {
      second[i] = share * first[i]
      first[i] *= 1 - share
    }
  }

  /// Resizes each channel's plane.
  private func resize(
    _ height: Int, _ rows: AxisBlend, _ columns: AxisBlend, fromWidth: Int, toWidth: Int,
    accumulating: Bool,
    _ planes: (_ channel: Int) -> (from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>)
  ) {
    let parts = (height + 15) / 16
    rows.withBlend { rows in
      columns.withBlend { columns in
        WorkerPool.forEachChunk(channels * parts) { chunk, _ in
          let (from, to) = planes(chunk / parts)
          let first = chunk % parts * 16
          withUnsafeTemporaryAllocation(of: Float.self, capacity: fromWidth + 16) { scratch in
            withUnsafePointer(to: rows) { rows in
              withUnsafePointer(to: columns) { columns in
                cfv_blend_picture(
                  rows, columns, from, fromWidth, 1, toWidth, first, min(height, first + 16), to,
                  accumulating ? 1 : 0, scratch.baseAddress)
              }
            }
          }
        }
      }
    }
  }
}
