/// A transformation of this package's, which was made for pictures of one size.
protocol SizedTransformation: PictureTransformation {
  /// The size transformed.
  var inputSize: PictureSize { get }

  /// What is wrong with its own numbers; `nil` where nothing is.
  var fault: String? { get }
}

extension Translation: SizedTransformation {
  var fault: String? {
    let reach = -(1 << 30)...(1 << 30)
    guard reach.contains(top), reach.contains(left) else {
      return "a shift by \(top) rows and \(left) columns is too far"
    }
    if case .fill(let brightness) = edge, !brightness.isFinite {
      return "an edge of brightness \(brightness)"
    }
    return nil
  }
}

extension OpacityCollapse: SizedTransformation {
  var fault: String? { nil }
}

extension Resampling: SizedTransformation {
  var fault: String? {
    guard matrix.allSatisfy({ abs($0) <= 0x1p30 }) else {
      return "the matrix \(matrix) is not finite, or too large"
    }
    if case .fill(let brightness) = edge, !brightness.isFinite {
      return "an edge of brightness \(brightness)"
    }
    return nil
  }
}

extension Rearrangement: SizedTransformation {
  var fault: String? {
    guard let row = rows.first(where: { !(0..<inputSize.height).contains($0) }) else {
      guard let column = columns.first(where: { !(0..<inputSize.width).contains($0) }) else {
        return nil
      }
      return "column \(column) is not one of \(inputSize.width)"
    }
    return "row \(row) is not one of \(inputSize.height)"
  }
}

extension BlurredPicture: SizedTransformation {
  var fault: String? { nil }
}

extension AddedNoise: SizedTransformation {
  var fault: String? {
    deviation.isFinite && width.isFinite
      ? nil : "noise of deviation \(deviation) and width \(width) is not finite"
  }
}

extension ChannelScaling: SizedTransformation {
  var fault: String? {
    guard factors.count == inputSize.channels, offsets.count == inputSize.channels else {
      return
        "\(factors.count) factors and \(offsets.count) offsets for \(inputSize.channels) channels"
    }
    guard (factors + offsets).allSatisfy(\.isFinite) else {
      return "factors \(factors) and offsets \(offsets) are not finite"
    }
    return nil
  }
}

extension PictureTransformation {
  /// The most numbers of a transformed picture: 2²⁸, a gigabyte.
  private static var largestCount: Int { 1 << 28 }

  /// Refuses what would write or read outside the memory of a picture of `size`.
  ///
  /// - Parameter colors: the channels that a picture has without its opacity; those of `size` unless given.
  package func validate(for size: PictureSize, colors: Int? = nil) throws(VisualizationError) {
    func broken(_ rule: String) -> VisualizationError {
      .brokenRule(type: "\(type(of: self))", rule: rule)
    }
    if self is OpacityCollapse, colors == size.channels {
      throw .incompatible(
        "an opacity over a background", "pictures of \(size.channels) channels",
        reason: "they have no opacity: take a parameterization with one")
    }
    guard outputSize.channels == size.channels || outputSize.channels == colors else {
      throw broken(
        "it makes pictures of \(outputSize.channels) channels of \(size.channels): channels stay, but for an "
          + "opacity that is shown over a background")
    }
    guard (1...(1 << 20)).contains(outputSize.height), (1...(1 << 20)).contains(outputSize.width),
      outputSize.height * outputSize.width <= Self.largestCount / size.channels
    else { throw broken("a picture of \(outputSize) is empty or too large") }
    guard let sized = self as? any SizedTransformation else { return }
    guard sized.inputSize == size else {
      throw broken("it is for pictures of \(sized.inputSize), and was drawn for one of \(size)")
    }
    if let fault = sized.fault { throw broken(fault) }
  }
}
