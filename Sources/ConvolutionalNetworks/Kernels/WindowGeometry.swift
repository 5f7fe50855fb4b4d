internal import CFVKernels

/// A window over feature maps in memory order, `[N, H, W, C]`; a missing height counts as 1.
///
/// Volumes, `[N, D, H, W, C]`, are maps too where no window has more than one slice, or more than one position of each
/// slice: N · D maps then, or N of the height D and the width H · W.
struct WindowGeometry: Sendable {
  let batch: Int
  let channels: Int
  let vertical: SlidingWindow.Placement
  let horizontal: SlidingWindow.Placement

  init(input: [Int], window: SlidingWindow, ceilMode: Bool = false) throws(ShapeError) {
    let placements = try window.placements(
      for: Array(input.dropFirst().dropLast()), ceilMode: ceilMode)
    guard let channels = input.last else { throw ShapeError("a window needs channels") }
    try self.init(batch: input[0], channels: channels, placements: placements)
  }

  private init(
    batch: Int, channels: Int, vertical: SlidingWindow.Placement,
    horizontal: SlidingWindow.Placement
  ) {
    (self.batch, self.channels) = (batch, channels)
    (self.vertical, self.horizontal) = (vertical, horizontal)
  }

  init(batch: Int, channels: Int, placements: [SlidingWindow.Placement]) throws(ShapeError) {
    var (batch, placements) = (batch, placements)
    if placements.count == 3, placements.areOverMaps {
      if placements[0].changesNothing {
        batch *= placements.removeFirst().input
      } else {
        placements = [placements[0], .unchanged(placements[1].input * placements[2].input)]
      }
    }
    guard let horizontal = placements.last, placements.count <= 2 else {
      throw ShapeError("a window needs one to three spatial axes")
    }
    self.batch = batch
    self.channels = channels
    self.horizontal = horizontal
    vertical = placements.count == 2 ? placements[0] : .single
  }

  /// The same for a single picture.
  var ofOnePicture: WindowGeometry {
    WindowGeometry(batch: 1, channels: channels, vertical: vertical, horizontal: horizontal)
  }

  /// The output positions of one image.
  var positions: Int { vertical.output * horizontal.output }
  /// The elements of one image of the input.
  var imageCount: Int { vertical.input * horizontal.input * channels }
  /// The elements of one image of the output.
  var outputCount: Int { positions * channels }
  /// The cells of the window.
  var cells: Int { vertical.kernel * horizontal.kernel }

  /// The same in C's terms.
  var window: cfv_window {
    cfv_window(
      height: vertical.input, width: horizontal.input, channels: channels,
      out_height: vertical.output, out_width: horizontal.output,
      kernel_height: vertical.kernel, kernel_width: horizontal.kernel,
      stride_height: vertical.stride, stride_width: horizontal.stride,
      dilation_height: vertical.dilation, dilation_width: horizontal.dilation,
      padding_top: vertical.paddingBefore, padding_left: horizontal.paddingBefore)
  }
}
