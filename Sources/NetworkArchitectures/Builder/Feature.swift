/// A value of a network under construction.
struct Feature {
  /// The value's name.
  let name: String
  /// How many channels it has, or units behind the classifier's first layer.
  let channels: Int
}
