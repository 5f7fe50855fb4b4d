/// How mobile networks round scaled numbers of channels.
enum ChannelRounding {
  /// The nearest multiple of 8 that is not more than a tenth below `width`.
  static func multipleOf8(near width: Double) -> Int {
    let rounded = max(8, Int(width + 4) / 8 * 8)
    return Double(rounded) < 0.9 * width ? rounded + 8 : rounded
  }
}
