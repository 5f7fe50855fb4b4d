internal import CFVKernels

/// A linear map of pictures that does the same to every column, and then the same to every row.
struct PictureBlend {
  let inputSize: PictureSize
  let outputSize: PictureSize
  /// What becomes of rows.
  let rows: AxisBlend
  /// What becomes of columns.
  let columns: AxisBlend

  /// A Gaussian of `radius` pixels each way, the picture mirrored behind its edges.
  static func gaussian(_ size: PictureSize, sigma: Double, radius: Int) -> PictureBlend {
    PictureBlend(
      inputSize: size, outputSize: size,
      rows: .gaussian(size.height, sigma: sigma, radius: radius),
      columns: .gaussian(size.width, sigma: sigma, radius: radius))
  }

  /// Writes the picture that `input` becomes.
  func apply(_ input: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>) {
    Self.blend(input, inputSize, rows, columns, output, outputSize, accumulating: false)
  }

  /// Adds what a gradient of the output amounts to, to that of the input.
  func pullBack(_ output: UnsafePointer<Float>, addingTo input: UnsafeMutablePointer<Float>) {
    Self.blend(
      output, outputSize, rows.transposed(inputSize.height), columns.transposed(inputSize.width),
      input, inputSize, accumulating: true)
  }

  private static func blend(
    _ from: UnsafePointer<Float>, _ size: PictureSize, _ rows: AxisBlend, _ columns: AxisBlend,
    _ to: UnsafeMutablePointer<Float>, _ toSize: PictureSize, accumulating: Bool
  ) {
    rows.withBlend { rows in
      columns.withBlend { columns in
        Stretch.forEach(of: toSize.height, by: 16) { chunk in
          withUnsafeTemporaryAllocation(
            of: Float.self, capacity: size.width * size.channels + 16
          ) { scratch in
            withUnsafePointer(to: rows) { rows in
              withUnsafePointer(to: columns) { columns in
                cfv_blend_picture(
                  rows, columns, from, size.width, size.channels, toSize.width,
                  chunk.lowerBound, chunk.upperBound, to, accumulating ? 1 : 0,
                  scratch.baseAddress)
              }
            }
          }
        }
      }
    }
  }
}
