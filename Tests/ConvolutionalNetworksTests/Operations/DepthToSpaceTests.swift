import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects blocks of cells that become channels and back.
@Suite struct DepthToSpaceTests {
  @Test(arguments: TensorLayout.both)
  func agreesWithInterpreter(layout: TensorLayout) throws {
    for order in [DepthToSpace.Order.depthColumnRow, .columnRowDepth] {
      try OperationCase("\(order)", [2, 3, 5, 12]) { _ in
        DepthToSpace(blockSize: 2, order: order)
      }.check(layout)
      try OperationCase("\(order) of 3", [1, 2, 1, 9]) { _ in
        DepthToSpace(blockSize: 3, order: order)
      }.check(layout)
    }
    try OperationCase("space", [2, 6, 4, 3]) { _ in SpaceToDepth(blockSize: 2) }.check(layout)
    try OperationCase("space of 3", [1, 3, 6, 1]) { _ in SpaceToDepth(blockSize: 3) }.check(layout)
  }

  /// Protects against blocks that do not come out even.
  @Test func refusesUnevenBlocks() throws {
    let operations: [any LayerOperation] = [
      DepthToSpace(blockSize: 2), SpaceToDepth(blockSize: 4), SpaceToDepth(blockSize: 0),
      DepthToSpace(blockSize: -1), SpaceToDepth(blockSize: Int.max),
    ]
    for operation in operations {
      let single = OperationCase("blocks", [1, 6, 6, 6]) { _ in operation }
      #expect(throws: VisualizationError.self) { try single.check(.channelsLast) }
    }
  }
}
