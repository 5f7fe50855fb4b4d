import FeatureGroups
import Testing

/// What each position of a map becomes in an activation grid.
@Suite("Activation grids") struct ActivationGridTests {
  private let map = Tensor(
    shape: [1, 2, 3, 2], elements: [3, 4, 0, 0, 0, 1, 6, 8, 1, 0, 0, 0])

  /// A cell for each position that is not 0, as large as its activations are long.
  @Test func `cells are the positions`() throws {
    let grid = try ActivationGrid(of: map, layer: "map")
    #expect(grid.cells.map { [$0.row, $0.column] } == [[0, 0], [0, 2], [1, 0], [1, 1]])
    #expect(grid.cells.map(\.scale) == [0.5, 0.1, 1, 0.1])
    #expect(grid.directions[2] == [6, 8])
  }

  /// Coarser cells have the mean of their positions, each of which is in one.
  @Test func `coarser cells are means`() throws {
    let grid = try ActivationGrid(of: map, layer: "map", rows: 1, columns: 2)
    #expect(grid.directions == [[4.5, 6], [0.25, 0.25]])
  }

  @Test func `what has no cells is refused`() throws {
    #expect(throws: VisualizationError.noPositions(layer: "fc", shape: [1, 4])) {
      try ActivationGrid(of: Tensor(shape: [1, 4], repeating: 1), layer: "fc")
    }
    #expect(throws: VisualizationError.self) {
      try ActivationGrid(of: Tensor(shape: [1, 2, 2, 3]), layer: "map")
    }
    for rows in [0, 3] {
      #expect(throws: VisualizationError.self) {
        try ActivationGrid(of: map, layer: "map", rows: rows)
      }
    }
  }
}
