public import FeatureVisualization

/// What a layer sees at each position of a picture, as directions to be drawn as small icons.
///
///     let grid = try ActivationGrid(of: activations, layer: "mixed4d", rows: 7, columns: 7)
///     let icons = try network.visualizeDirections(
///       grid.directions, of: "mixed4d", by: .dotCosine(power: 2), at: .center, side: 64)
///
/// Each cell is drawn by itself, so that a grid costs as many visualizations as it has cells that are not 0: coarser ones
/// cost less. A cell of several positions has the mean of their activations.
/// Olah et al. 2018, https://distill.pub/2018/building-blocks; https://github.com/tensorflow/lucid, `activation_grid`.
public struct ActivationGrid: Sendable {
  /// One cell.
  public struct Cell: Sendable {
    /// The row, from 0 at the top.
    public let row: Int
    /// The column, from 0 at the left.
    public let column: Int
    /// The activations there, `[C]`; the mean over the positions of the cell.
    public let direction: [Float]
    /// The length of `direction` as a share of the longest one's, 0…1: how large to show the cell's icon.
    public let scale: Float
  }

  /// The layer as the network calls it.
  public let layer: String
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The cells whose activations are not all 0, row by row.
  public let cells: [Cell]

  /// Cuts a feature map into cells.
  ///
  /// - Parameters:
  ///   - activations: one picture's, `[1, H, W, C]`.
  ///   - layer: what it is called.
  ///   - rows: the rows of cells, 1…H; one for each position unless given. Cell i has the positions from `⌊i H / rows⌋` to
  ///     before `⌊(i + 1) H / rows⌋`.
  ///   - columns: the columns of cells, 1…W, likewise.
  /// - Throws: `VisualizationError.noPositions` for what is no map; `.invalidArgument` for more rows or columns than there
  ///   are positions, and for activations that are 0 everywhere, or not finite.
  public init(
    of activations: Tensor, layer: String, rows: Int? = nil, columns: Int? = nil
  ) throws(VisualizationError) {
    guard activations.rank == 4, activations.shape[0] == 1 else {
      throw .noPositions(layer: layer, shape: activations.shape)
    }
    try activations.validateSamples("activations")
    let (height, width, units) = (
      activations.shape[1], activations.shape[2], activations.shape[3]
    )
    let (rows, columns) = (rows ?? height, columns ?? width)
    guard (1...height).contains(rows), (1...width).contains(columns) else {
      throw .invalidArgument(
        "rows", "\(rows)×\(columns) cells of layer '\(layer)', whose map is \(height)×\(width)")
    }
    let numbers = activations.elements
    var found: [(row: Int, column: Int, direction: [Double], length: Double)] = []
    for row in 0..<rows {
      for column in 0..<columns {
        var sums = [Double](repeating: 0, count: units)
        var count = 0
        for y in row * height / rows..<(row + 1) * height / rows {
          for x in column * width / columns..<(column + 1) * width / columns {
            count += 1
            for unit in 0..<units { sums[unit] += Double(numbers[(y * width + x) * units + unit]) }
          }
        }
        let mean = sums.map { $0 / Double(count) }
        let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if length > 0 { found.append((row, column, mean, length)) }
      }
    }
    guard let longest = found.map(\.length).max() else {
      throw .invalidArgument("activations", "layer '\(layer)' is 0 everywhere: nothing to draw")
    }
    (self.layer, self.rows, self.columns) = (layer, rows, columns)
    cells = found.map {
      Cell(
        row: $0.row, column: $0.column, direction: $0.direction.map { Float($0) },
        scale: Float($0.length / longest))
    }
  }

  /// The cells' directions, to be drawn.
  public var directions: [[Float]] { cells.map(\.direction) }
}
