/// Pictures as callers hand them in, made into those that a network takes.
///
/// They may have the axes of the network's input instead of `[N, H, W, C]`, and be grey where the network sees colours: each
/// colour is then the same.
struct GivenPictures {
  /// `[N, H, W, C]`, 0…1.
  let pictures: Tensor
  /// The same with the channels given: `[N, H, W, C]`, or `[N, H, W, 1]` of grey ones.
  let asGiven: Tensor
  private let shape: [Int]
  /// The channels that were given for one.
  private let copies: Int

  /// - Parameter argument: what the pictures are, in errors.
  /// - Parameter beyondRange: whether any finite pixels will do.
  /// - Throws: `VisualizationError.invalidArgument` for other channels or axes, and for pixels that are not 0…1.
  init(
    _ tensor: Tensor, _ form: InputForm, _ order: InputSpecification.ChannelOrder,
    _ argument: String, beyondRange: Bool = false
  ) throws(VisualizationError) {
    shape = tensor.shape
    let channels = form.channels
    let whole = Self.wholeShape(tensor.shape, form)
    guard whole.count == 4, tensor.count > 0,
      whole[3] == channels || (whole[3] == 1 && order.isColor)
    else {
      throw .invalidArgument(
        argument, "shape \(tensor.shape) is not \(Self.expected(form, order))")
    }
    try tensor.validatePicture(argument, beyondRange: beyondRange)
    copies = channels / whole[3]
    asGiven = tensor.reshaped(to: whole)
    pictures =
      copies == 1
      ? asGiven
      : Tensor(
        shape: whole.dropLast() + [channels],
        elements: asGiven.elements.flatMap { repeatElement($0, count: channels) })
  }

  /// The gradient in the shape in which the pictures were given: that of a grey pixel is the sum over its colours.
  ///
  /// - Parameter gradients: one for each picture, channels innermost.
  func gradient(_ gradients: [[Float]]) -> Tensor {
    Tensor(shape: shape) { target in
      var rest = target[...]
      for gradient in gradients {
        guard copies > 1 else {
          rest = rest[rest.update(fromContentsOf: gradient)...]
          continue
        }
        for start in stride(from: 0, to: gradient.count, by: copies) {
          rest[rest.startIndex] = gradient[start..<start + copies].reduce(0, +)
          rest = rest.dropFirst()
        }
      }
    }
  }

  /// `[N, H, W, C]` of tensors in the axes of the input.
  private static func wholeShape(_ shape: [Int], _ form: InputForm) -> [Int] {
    switch (form.kind, shape.count) {
    case (.plane, 3): shape + [1]
    case (.volume, 5) where shape[1] == form.depth:
      [shape[0], shape[1] * shape[2], shape[3], shape[4]]
    case (.signal, 3): [shape[0], 1, shape[1], shape[2]]
    case (.vector, 2) where form.channels == 1: [shape[0], 1, shape[1], 1]
    case (.vector, 2): [shape[0], 1, 1, shape[1]]
    default: shape
    }
  }

  private static func expected(_ form: InputForm, _ order: InputSpecification.ChannelOrder)
    -> String
  {
    let channels = form.channels
    return switch form.kind {
    case .map: "[N, H, W, \(channels)]" + (order.isColor ? ", or grey [N, H, W, 1]" : "")
    case .plane: "[N, H, W] or [N, H, W, 1]"
    case .signal: "[N, L, \(channels)] or [N, 1, L, \(channels)]"
    case .volume: "[N, \(form.depth), H, W, \(channels)] or [N, \(form.depth) · H, W, \(channels)]"
    case .vector:
      channels == 1 ? "[N, F] or [N, H, W, 1]" : "[N, \(channels)] or [N, H, W, \(channels)]"
    }
  }
}
