import CFVKernels
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects products by lists of the numbers other than 0.
@Suite struct SparseProductTests {
  /// Rows, inner extent and columns: whole and partial vectors, stretches, panels and groups.
  private static let shapes = [
    (8, 48, 144), (13, 40, 64), (21, 64, 80), (5, 100, 147), (40, 147, 128), (3, 17, 200),
    (64, 200, 256), (1, 512, 96), (9, 96, 70), (30, 49, 320),
  ]

  /// The instruction set is chosen for a process, so the test has one to itself.
  @Test func listsAndTilesGiveTheSameBits() async {
    await #expect(processExitsWith: .success) {
      for tiles in 0..<cfv_tiles_count() {
        cfv_choose_tiles(tiles)
        for (rows, inner, columns) in Self.shapes {
          let product = Product(rows: rows, inner: inner, columns: columns, nonzero: 0.3)
          try #require(product.suitsLists)
          for finish in Product.Finish.allCases {
            let (listed, tiled) = (product.byRows(finish), product.byTiles(finish))
            try #require(listed.map(\.bitPattern) == tiled.map(\.bitPattern))
          }
        }
      }
    }
  }

  /// Protects dense rows from lists, which would be slower, and narrow products from lists that cost more than they
  /// save.
  @Test func fewZerosAndFewColumnsSuitTiles() {
    #expect(!Product(rows: 40, inner: 96, columns: 256, nonzero: 0.9).suitsLists)
    #expect(!Product(rows: 40, inner: 96, columns: 48, nonzero: 0.3).suitsLists)
    #expect(Product(rows: 40, inner: 96, columns: 256, nonzero: 0.5).suitsLists)
  }

  /// Protects users from silence: a number that is none is not taken for a zero.
  @Test func notANumberIsKept() {
    var product = Product(rows: 16, inner: 80, columns: 96, nonzero: 0.2)
    product.left[3 * 80 + 50] = .nan
    let result = product.byRows(.plain)
    for row in 0..<16 {
      #expect(result[row * 96..<(row + 1) * 96].allSatisfy(\.isNaN) == (row == 3))
    }
  }
}

/// A product of random factors, the left of which has zeros.
private struct Product {
  let rows: Int
  let inner: Int
  let columns: Int
  var left: [Float]
  private let panels: [Float]
  private let target: [Float]
  private let residual: [Float]
  private let shift: [Float]

  enum Finish: CaseIterable {
    case plain, accumulating, rectifiedResidual
  }

  init(rows: Int, inner: Int, columns: Int, nonzero: Float) {
    (self.rows, self.inner, self.columns) = (rows, inner, columns)
    var tensors = SeededTensors(seed: 3)
    func uniform(_ count: Int) -> [Float] {
      tensors.uniform([count]).elements.map(Float.init)
    }
    let kept = uniform(rows * inner)
    left = zip(uniform(rows * inner), kept).map { ($1 + 1) / 2 < nonzero ? $0 : 0 }
    let right = uniform(inner * columns)
    var panels = [Float](repeating: 0, count: inner * cfv_padded_columns(columns))
    panels.withUnsafeMutableBufferPointer { panels in
      var column = 0
      while column < columns {
        let width = cfv_panel_width(columns - column, columns)
        right.withUnsafeBufferPointer {
          cfv_pack_panel(
            $0.baseAddress! + column, columns, inner, columns - column, width,
            panels.baseAddress! + column * inner)
        }
        column += width
      }
    }
    self.panels = panels
    target = uniform(rows * columns)
    residual = uniform(rows * columns)
    shift = uniform(cfv_padded_columns(columns))
  }

  private var packed: [Float] {
    var packed = [Float](repeating: 0, count: cfv_packed_rows_count(rows, inner))
    var gate = cfv_gate(
      kind: CFV_GATE_OPEN, slope: 1, low: 0, high: 0, values: nil, bits: nil, bits_step: 0,
      passed: nil)
    cfv_pack_gated_rows(&gate, left, inner, rows, inner, &packed)
    return packed
  }

  var suitsLists: Bool { cfv_suits_lists(packed, rows, inner, columns) != 0 }

  func byRows(_ finish: Finish) -> [Float] {
    var lists = [Float](repeating: .nan, count: cfv_lists_count(rows, inner, columns))
    return result(finish) {
      cfv_multiply_rows(packed, rows, inner, panels, columns, $0, columns, $1, &lists)
    }
  }

  func byTiles(_ finish: Finish) -> [Float] {
    result(finish) { cfv_multiply_packed(packed, rows, inner, panels, columns, $0, columns, $1) }
  }

  private func result(
    _ finish: Finish, _ multiply: (UnsafeMutablePointer<Float>, UnsafePointer<cfv_finish>) -> Void
  ) -> [Float] {
    var result = target
    residual.withUnsafeBufferPointer { residual in
      shift.withUnsafeBufferPointer { shift in
        let adds = finish == .rectifiedResidual
        var steps = cfv_finish(
          accumulates: finish == .accumulating ? 1 : 0, activates: adds ? 1 : 0, slope: 0.25,
          low: -1, high: 2, shift: adds ? shift.baseAddress : nil,
          residual: adds ? residual.baseAddress : nil, residual_step: columns, bits: nil,
          bits_step: 0)
        multiply(&result, &steps)
      }
    }
    return result
  }
}
