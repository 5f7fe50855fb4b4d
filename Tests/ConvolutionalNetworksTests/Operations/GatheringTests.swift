import ConvolutionalNetworks
import Testing

/// Protects slices, padding and crops along every axis, the last ones taken as blocks and the others not.
@Suite struct GatheringTests {
  @Test(arguments: [Pad.Mode.constant(0.75), .reflect, .edge, .wrap], TensorLayout.both)
  func pads(_ mode: Pad.Mode, layout: TensorLayout) throws {
    // Before and after, for [N, H, W, C].
    let amounts: [([Int], [Int])] = [
      ([0, 1, 2, 0], [0, 3, 0, 0]), ([0, 0, 0, 2], [0, 0, 0, 1]), ([1, 0, 1, 0], [0, 1, 1, 2]),
      ([0, -1, 2, 0], [0, 2, -3, -1]), ([0, -2, 0, 0], [0, -1, 0, 0]),
      ([0, 0, 0, 0], [0, 0, 0, 0]),
    ]
    for (before, after) in amounts {
      try OperationCase("\(before) \(after)", [3, 5, 6, 4]) { layout in
        Pad(mode, amounts: .constant(layout.ordered(before) + layout.ordered(after)))
      }.check(layout)
    }
    try OperationCase("two axes", [2, 4, 5, 3]) { layout in
      Pad(mode, amounts: .constant([1, 2, 0, 3]), axes: [layout.axis(1), layout.axis(2) - 4])
    }.check(layout)
  }

  @Test(arguments: TensorLayout.both)
  func slices(layout: TensorLayout) throws {
    // First, end and step of an axis of [N, H, W, C].
    let slices: [(axis: Int, start: Int, end: Int, step: Int)] = [
      (1, 1, 4, 1), (2, 0, Int.max, 2), (3, -3, -1, 1), (2, -1, Int.min, -1), (1, 4, 0, -2),
      (0, 1, 2, 1), (3, 1, 6, 3), (3, 5, Int.min, -2),
    ]
    for slice in slices {
      try OperationCase("\(slice)", [2, 5, 6, 7]) { layout in
        Slice(
          starts: .constant([slice.start]), ends: .constant([slice.end]),
          axes: .constant([layout.axis(slice.axis)]), steps: .constant([slice.step]))
      }.check(layout)
    }
    try OperationCase("focus", [1, 8, 8, 3]) { layout in
      Slice(
        starts: .constant([0, 1]), ends: .constant([8, 8]),
        axes: .constant([layout.axis(1), layout.axis(2)]), steps: .constant([2, 2]))
    }.check(layout)
  }

  /// Protects against writing over the end: a crop of more than there is has no kernel.
  @Test func refusesCropsOfMoreThanThereIs() throws {
    let operation = OperationCase("crop", [1, 4, 4, 1]) { _ in
      Pad(.constant(0), amounts: .constant([0, -6, 0, 0, 0, 4, 0, 0]))
    }
    #expect(throws: VisualizationError.self) { try operation.check(.channelsLast) }
  }
}

extension TensorLayout {
  /// Numbers per axis of `[N, H, W, C]` in the logical order.
  fileprivate func ordered(_ presented: [Int]) -> [Int] {
    self == .channelsFirst ? [0, 3, 1, 2].map { presented[$0] } : presented
  }
}
