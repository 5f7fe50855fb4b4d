public import ConvolutionalNetworks

/// Several pictures side by side, row by row.
public struct ContactSheet: Sendable {
  /// The pictures in reading order: each tensor is `[H, W, C]`, or `[N, H, W, C]` for N of them, with
  /// C = 1 or 3.
  public let pictures: [Tensor]
  /// A line of text under each picture; pictures beyond the last caption have an empty line.
  public let captions: [String]
  /// The number of pictures in a row.
  public let columns: Int
  /// The pixels between two neighbours.
  public let gap: Int
  /// The grey of everything that is no picture, 0…1.
  public let background: Float

  /// A sheet of `pictures`.
  ///
  /// - Parameters:
  ///   - pictures: at least one, `[H, W, C]` or `[N, H, W, C]`; one channel is shown as grey.
  ///   - captions: a line of text under each picture, in their order; shortened to the width of a picture.
  ///     Letters beyond ASCII lose their accents or become `?`.
  ///   - columns: pictures in a row; by default as many as make the sheet about square, or up to half as many
  ///     again where that fills the last row.
  ///   - gap: pixels between two neighbours.
  ///   - background: grey between the pictures, and around the ones smaller than the largest.
  /// - Precondition: there is a picture, each has 1 or 3 channels, `columns` > 0 and `gap` ≥ 0.
  public init(
    _ pictures: [Tensor], captions: [String] = [], columns: Int? = nil, gap: Int = 4,
    background: Float = 1
  ) {
    precondition(
      pictures.allSatisfy {
        (3...4).contains($0.rank) && [1, 3].contains($0.shape[$0.rank - 1])
      }, "pictures are [H, W, C] or [N, H, W, C] with 1 or 3 channels")
    let count = pictures.reduce(0) { $0 + ($1.rank == 4 ? $1.shape[0] : 1) }
    let columns = columns ?? Self.columns(for: count)
    precondition(count > 0 && columns > 0 && gap >= 0, "\(count) pictures in \(columns) columns")
    self.pictures = pictures
    self.captions = captions
    self.columns = min(columns, count)
    self.gap = gap
    self.background = background
  }

  /// A sheet of all channels of a picture, each in grey with its name below.
  ///
  ///     ContactSheet(channelsOf: visualization.picture(0), named: visualization.channels.map(\.name))
  ///
  /// - Parameters:
  ///   - picture: `[H, W, C]` or `[1, H, W, C]` of any number of channels.
  ///   - names: the channels', in their order.
  /// - Precondition: there is a channel.
  public init(channelsOf picture: Tensor, named names: [String], columns: Int? = nil, gap: Int = 4)
  {
    precondition(
      picture.rank == 3 || (picture.rank == 4 && picture.shape[0] == 1),
      "a picture is [H, W, C] or [1, H, W, C]")
    let shape = Array(picture.shape.suffix(3))
    let elements = picture.elements
    let planes = (0..<shape[2]).map { channel in
      Tensor(
        shape: [shape[0], shape[1], 1],
        elements: stride(from: channel, to: elements.count, by: shape[2]).map { elements[$0] })
    }
    self.init(planes, captions: names, columns: columns, gap: gap)
  }

  /// The sheet as one picture `[1, H, W, 3]`.
  ///
  /// Every cell has the height of the highest and the width of the widest picture; smaller ones lie in
  /// the middle of theirs. A caption takes 17 more pixels below each cell.
  public var picture: Tensor {
    let tiles = pictures.flatMap(Tile.tiles(of:))
    let cellHeight = tiles.reduce(0) { max($0, $1.height) }
    let cellWidth = tiles.reduce(0) { max($0, $1.width) }
    let pitch = cellHeight + (captions.isEmpty ? 0 : Caption.height) + gap
    let rows = (tiles.count + columns - 1) / columns
    let height = rows * pitch - gap
    let width = columns * cellWidth + (columns - 1) * gap
    var sheet = Tensor(shape: [1, height, width, 3], repeating: background)
    sheet.withUnsafeMutableBufferPointer { pixels in
      for (i, tile) in tiles.enumerated() {
        let top = i / columns * pitch
        let left = i % columns * (cellWidth + gap)
        tile.copy(
          to: pixels, width: width, top: top + (cellHeight - tile.height) / 2,
          left: left + (cellWidth - tile.width) / 2)
        guard captions.indices.contains(i) else { continue }
        Tile(batch: line(captions[i], width: cellWidth), index: 0).copy(
          to: pixels, width: width, top: top + cellHeight, left: left)
      }
    }
    return sheet
  }

  private static func columns(for count: Int) -> Int {
    let root = Double(count).squareRoot()
    let square = Int(root.rounded(.up))
    return (square...max(square, Int(1.5 * root))).first { count % $0 == 0 } ?? square
  }

  /// A caption in black on a light background, in white on a dark one: `[height, width, 1]`.
  private func line(_ caption: String, width: Int) -> Tensor {
    let ink = Caption(caption).ink(width: width)
    let letters: Float = background < 0.5 ? 1 : 0
    return ink.map { background + (letters - background) * $0 }
  }
}

/// One picture of a batch.
private struct Tile {
  let batch: Tensor
  let index: Int

  var height: Int { batch.shape[batch.rank - 3] }
  var width: Int { batch.shape[batch.rank - 2] }
  private var channels: Int { batch.shape[batch.rank - 1] }

  static func tiles(of batch: Tensor) -> [Tile] {
    (0..<(batch.rank == 4 ? batch.shape[0] : 1)).map { Tile(batch: batch, index: $0) }
  }

  /// Writes the picture into a sheet of three channels and `sheetWidth` pixels a row.
  func copy(
    to sheet: UnsafeMutableBufferPointer<Float>, width sheetWidth: Int, top: Int, left: Int
  ) {
    batch.withUnsafeBufferPointer { source in
      for y in 0..<height {
        for x in 0..<width {
          let from = ((index * height + y) * width + x) * channels
          let to = ((top + y) * sheetWidth + left + x) * 3
          for channel in 0..<3 {
            sheet[to + channel] = source[from + (channels == 3 ? channel : 0)]
          }
        }
      }
    }
  }
}
