import ConvolutionalNetworks

/// How the window of a convolution or pooling node moves.
struct WindowAttributes {
  let stride: [Int]?
  let dilation: [Int]?
  let padding: Padding

  /// Reads `strides`, `dilations`, `pads` and `auto_pad` of a window over `axes` spatial axes.
  init(_ node: ONNXNode, axes: Int) throws(ONNXError.Problem) {
    stride = try Self.numbers("strides", of: node, axes: axes)
    dilation = try Self.numbers("dilations", of: node, axes: axes)
    let pads = try node.ints("pads")
    switch try node.string("auto_pad", default: "NOTSET") {
    case "SAME_UPPER": padding = .sameUpper
    case "SAME_LOWER": padding = .sameLower
    case "VALID": padding = .none(axes: axes)
    case "NOTSET", "":
      guard let pads else {
        padding = .none(axes: axes)
        return
      }
      guard pads.count == 2 * axes, pads.allSatisfy({ (0...1 << 24).contains($0) }) else {
        throw .invalidAttribute("pads", reason: "\(pads) for \(axes) axes")
      }
      padding = .explicit(before: Array(pads[..<axes]), after: Array(pads[axes...]))
    case let other: throw .unsupportedAttribute("auto_pad", value: "'\(other)'")
    }
  }

  private static func numbers(_ name: String, of node: ONNXNode, axes: Int)
    throws(ONNXError.Problem) -> [Int]?
  {
    guard let numbers = try node.ints(name), !numbers.isEmpty else { return nil }
    guard numbers.count == axes, numbers.allSatisfy({ (1...1 << 24).contains($0) }) else {
      throw .invalidAttribute(name, reason: "\(numbers) for \(axes) axes")
    }
    return numbers
  }
}
