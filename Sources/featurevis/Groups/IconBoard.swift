import ConvolutionalNetworks
import FeatureGroups
import PictureFiles

/// Drawn pictures in the cells of a grid, on white; rows and columns without any at the edges are left out.
struct IconBoard {
  /// Where a picture goes.
  private struct Place {
    let row: Int
    let column: Int
    /// The side of the picture as a share of the cell's, above 0 to 1.
    let scale: Float
  }

  private let places: [Place]
  private let pictures: Tensor
  private let side: Int

  /// The pictures of an atlas.
  ///
  /// - Parameters:
  ///   - pictures: one for each cell, or for the first ones, `[N, H, W, C]`, C = 1 or 3.
  ///   - side: the pixels of a cell.
  init(_ atlas: ActivationAtlas, _ pictures: Tensor, side: Int) {
    places = atlas.cells.prefix(pictures.shape[0]).map {
      Place(row: $0.row, column: $0.column, scale: 1)
    }
    (self.pictures, self.side) = (pictures, side)
  }

  /// The pictures of an activation grid, as large as activations are long.
  init(_ grid: ActivationGrid, _ pictures: Tensor, side: Int) {
    places = grid.cells.prefix(pictures.shape[0]).map {
      Place(row: $0.row, column: $0.column, scale: $0.scale)
    }
    (self.pictures, self.side) = (pictures, side)
  }

  /// `[1, H, W, 3]`.
  var picture: Tensor {
    let rows = (places.map(\.row).min() ?? 0)...(places.map(\.row).max() ?? 0)
    let columns = (places.map(\.column).min() ?? 0)...(places.map(\.column).max() ?? 0)
    let width = columns.count * side
    var result = Tensor(shape: [1, rows.count * side, width, 3], repeating: 1)
    result.withUnsafeMutableBufferPointer { target in
      for (index, place) in places.enumerated() {
        let own = max(1, Int((Float(side) * place.scale).rounded()))
        let icon = pictures.picture(index).resizedToFill(height: own, width: own)
        let (channels, numbers) = (icon.shape[3], icon.elements)
        let top = (place.row - rows.lowerBound) * side + (side - own) / 2
        let left = (place.column - columns.lowerBound) * side + (side - own) / 2
        for y in 0..<own {
          for x in 0..<own {
            let (from, to) = ((y * own + x) * channels, ((top + y) * width + left + x) * 3)
            for channel in 0..<3 {
              target[to + channel] = numbers[from + (channels == 3 ? channel : 0)]
            }
          }
        }
      }
    }
    return result
  }
}
