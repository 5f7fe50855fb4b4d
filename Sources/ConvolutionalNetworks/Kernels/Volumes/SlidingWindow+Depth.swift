// A window over volumes as one over their slices and one along their depth.

extension SlidingWindow {
  /// The window over each slice, which leaves the depth as it is.
  var acrossSlices: SlidingWindow { keeping { $0 > 0 } }

  /// The window along the depth, which leaves each slice as it is.
  var alongDepth: SlidingWindow { keeping { $0 == 0 } }

  /// The window along some axes, and a cell by itself along the others.
  private func keeping(_ isKept: (_ axis: Int) -> Bool) -> SlidingWindow {
    func kept(_ numbers: [Int], else rest: Int) -> [Int] {
      numbers.enumerated().map { axis, number in isKept(axis) ? number : rest }
    }
    var padding = padding
    if case .explicit(let before, let after) = padding {
      padding = .explicit(before: kept(before, else: 0), after: kept(after, else: 0))
    }
    return SlidingWindow(
      kernel: kept(kernel, else: 1), stride: kept(stride, else: 1),
      dilation: kept(dilation, else: 1), padding: padding)
  }
}

extension SlidingWindow.Placement {
  /// Whether the window of each output cell is the input cell at the same place.
  var changesNothing: Bool {
    kernel == 1 && stride == 1 && paddingBefore == 0 && output == input
  }

  /// An axis along which the window of each output cell is the input cell at the same place.
  static func unchanged(_ extent: Int) -> SlidingWindow.Placement {
    SlidingWindow.Placement(
      input: extent, output: extent, kernel: 1, stride: 1, dilation: 1, paddingBefore: 0,
      paddingAfter: 0)
  }
}

extension [SlidingWindow.Placement] {
  /// Whether windows over volumes lie in one slice each, or in one position of all slices: they are windows over maps.
  var areOverMaps: Bool {
    count < 3 || self[0].changesNothing || self.dropFirst().allSatisfy(\.changesNothing)
  }
}

extension Tensor {
  /// The weights of a convolution over volumes, `[…, D, H, W, C]`, for slices into whose channels the windows along the
  /// depth are gathered: `[…, 1, H, W, D · C]`.
  var gatheringDepth: Tensor {
    let gathered = [shape[0], 1, shape[2], shape[3], shape[1] * shape[4]]
    return derived(DerivedKey(name: "gathered depth", shape: shape, scale: nil)) {
      transposed([0, 2, 3, 1, 4])
    }.reshaped(to: gathered)
  }
}
