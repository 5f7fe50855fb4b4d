internal import ConvolutionalNetworks
internal import NetworkFormats

extension LayerConfiguration {
  private static let greatestCount = 1 << 24

  /// A positive number.
  func count(_ key: String, default missing: Int? = nil) throws(KerasError.Problem) -> Int {
    guard let count = config[key] == nil ? missing : config[key]?.int,
      (1...Self.greatestCount).contains(count)
    else { throw .configuration(key: key, reason: "takes a positive number") }
    return count
  }

  /// A positive number for each of `axes` axes, or one that stands for all.
  func extents(_ key: String, axes: Int, default missing: [Int]? = nil)
    throws(KerasError.Problem) -> [Int]
  {
    guard let value = config[key] else {
      guard let missing else { throw .configuration(key: key, reason: "is missing") }
      return missing
    }
    let numbers =
      value.int.map { Array(repeating: $0, count: axes) } ?? value.array?.compactMap(\.int) ?? []
    guard numbers.count == axes, numbers.allSatisfy({ (1...Self.greatestCount).contains($0) })
    else { throw .configuration(key: key, reason: "takes \(axes) positive numbers") }
    return numbers
  }

  /// The axis or axes of a layer that says one or several; negative ones count from the end.
  func axes(_ key: String, default missing: [Int]) throws(KerasError.Problem) -> [Int] {
    guard let value = config[key] else { return missing }
    guard let axes = value.int.map({ [$0] }) ?? value.array?.compactMap(\.int), !axes.isEmpty else {
      throw .configuration(key: key, reason: "is no list of axes")
    }
    return axes
  }

  /// A number, or several; `nil` where the configuration has none.
  func numbers(_ key: String) throws(KerasError.Problem) -> [Float]? {
    guard let value = config[key] else { return nil }
    if let number = value.number { return [Float(number)] }
    let numbers = (value["config"]?["value"] ?? value).flattened
    guard let numbers, !numbers.isEmpty else {
      throw .configuration(key: key, reason: "is no number and no list of them")
    }
    return numbers.map { Float($0) }
  }

  /// What is added to a variance.
  var epsilon: Float { Float(config["epsilon"]?.number ?? 1e-3) }

  /// TensorFlow's padding, the odd cell after; one that is causal lies before.
  func padding(kernel: [Int], dilation: [Int]) throws(KerasError.Problem) -> Padding {
    switch config["padding"]?.string ?? "valid" {
    case "valid": return .none(axes: kernel.count)
    case "same": return .sameUpper
    case "causal" where kernel.count == 1:
      return .explicit(before: [dilation[0] * (kernel[0] - 1)], after: [0])
    case let name:
      throw .configuration(key: "padding", reason: "'\(name)' is neither valid nor same")
    }
  }
}
