/// Rows of pictures in the pixel spaces that losses ask for.
///
/// Pictures may have an opacity behind their colours, which belongs to no pixel space.
final class PixelRows {
  private let spaces: [(space: PixelSpace, mapping: PixelMapping, rows: RowTensor)]
  private let size: PictureSize
  private let colors: Int
  /// Colours without opacity, and their gradient, on their way; empty where pictures have none.
  private var scratch: [Float]

  /// - Parameter size: the pictures', with their opacity where they have one.
  /// - Parameter spaces: those asked for, maybe several times.
  /// - Throws: `VisualizationError` for a space of other channels.
  init(
    _ count: Int, _ size: PictureSize, spaces: [PixelSpace], specification: InputSpecification
  ) throws(VisualizationError) {
    self.size = size
    colors = specification.channelOrder.channelCount
    let shape = [count, size.height, size.width, colors]
    var each: [PixelSpace] = []
    for space in spaces where !each.contains(space) { each.append(space) }
    var memory: [(space: PixelSpace, mapping: PixelMapping, rows: RowTensor)] = []
    for space in each {
      memory.append((space, try space.mapping(specification), RowTensor(shape: shape)))
    }
    self.spaces = memory
    scratch =
      size.channels == colors ? [] : Array(repeating: 0, count: shape[1] * shape[2] * colors)
  }

  /// The rows in the scale of a pixel space.
  func part(in space: PixelSpace) -> TappedPart? {
    spaces.first { $0.space == space }?.rows.part
  }

  /// Takes a picture, 0…1; its gradients start from 0.
  func update(_ row: Int, _ picture: Span<Float>) {
    guard !spaces.isEmpty else { return }
    picture.withUnsafeBufferPointer { picture in
      guard let base = picture.baseAddress else { return }
      guard !scratch.isEmpty else { return map(row, base) }
      for pixel in 0..<size.height * size.width {
        for color in 0..<colors {
          scratch[pixel * colors + color] = base[pixel * size.channels + color]
        }
      }
      map(row, scratch)
    }
  }

  private func map(_ row: Int, _ picture: UnsafePointer<Float>) {
    for entry in spaces {
      entry.rows.withRow(row) { values, gradient in
        entry.mapping.apply(picture, values, count: entry.rows.rowCount)
        gradient.update(repeating: 0, count: entry.rows.rowCount)
      }
    }
  }

  /// Adds the gradients of every space to that of the picture, and starts them from 0 again.
  func drainGradient(ofRow row: Int, into gradient: inout [Float]) {
    for entry in spaces {
      entry.rows.withRow(row) { _, own in
        let count = entry.rows.rowCount
        if scratch.isEmpty {
          entry.mapping.pullBack(own, into: &gradient, count: count, adding: true)
        } else {
          entry.mapping.pullBack(own, into: &scratch, count: count)
          for pixel in 0..<size.height * size.width {
            for color in 0..<colors {
              gradient[pixel * size.channels + color] += scratch[pixel * colors + color]
            }
          }
        }
        own.update(repeating: 0, count: count)
      }
    }
  }
}
