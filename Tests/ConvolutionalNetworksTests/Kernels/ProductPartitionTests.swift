import CFVKernels
import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects how products are cut: nothing is left out or computed twice, and each part finds its panels.
@Suite struct ProductPartitionTests {
  /// A part multiplies with panels that were packed for the whole: it has to cut its columns as the whole does.
  @Test(arguments: [16, 48, 64, 80, 112, 128, 144, 160, 200, 256, 288, 384, 416, 512, 1000])
  func partsGiveWhatTheWholeGives(columns: Int) throws {
    var random = SeededTensors(seed: 9)
    let (rows, inner) = (10, 24)
    let left = Tensor(random.uniform([cfv_packed_rows_count(rows, inner)]))
    let matrix = Tensor(random.uniform([inner, columns]))
    let panels = WeightPanels(
      inner: inner, columns: columns, elements: WeightPanels.pack(matrix))
    func product(_ parts: [Range<Int>]) -> Tensor {
      Tensor(shape: [rows, columns]) { target in
        var plain = cfv_finish.plain(accumulating: false)
        for part in parts {
          cfv_multiply_packed(
            left.unsafeElements, rows, inner, panels.start(part.lowerBound), part.count,
            target.baseAddress! + part.lowerBound, columns, &plain)
        }
      }
    }
    let whole = product([0..<columns])
    for count in 2...16 {
      guard let parts = ProductPartition.parts(columns: columns, count: count) else { continue }
      #expect(parts.count == count)
      #expect(product(parts).elements == whole.elements)
    }
  }

  /// Protects threads from waiting for one another: 256 columns and more are cut into equal halves, and rows into equal
  /// chunks.
  @Test func workIsSharedEvenly() {
    for columns in [256, 512, 1024, 2048] {
      let halves = ProductPartition.parts(columns: columns, count: 2)
      #expect(halves == [0..<columns / 2, columns / 2..<columns])
    }
    for rows in [1, 7, 49, 196, 784, 3136, 12544] {
      let partition = ProductPartition(rows: rows, inner: 256, columns: 512)
      let chunks = (rows + partition.rowsPerChunk - 1) / partition.rowsPerChunk
      #expect(partition.rowsPerChunk == (rows + chunks - 1) / chunks)
    }
  }

  /// Protects threads from standing idle: few rows are cut along the columns, many along the map.
  @Test(.enabled(if: WorkerPool.threadCount > 1)) func fewRowsAreCutAlongTheColumns() {
    #expect(ProductPartition(rows: 1, inner: 512, columns: 1024).parts.count > 1)
    #expect(ProductPartition(rows: 3136, inner: 64, columns: 256).parts.count == 1)
  }
}
