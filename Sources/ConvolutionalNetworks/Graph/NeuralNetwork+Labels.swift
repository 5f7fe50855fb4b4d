extension NeuralNetwork {
  /// The name of the class that `unit` of the last layer stands for; `nil` where nobody said.
  public func label(of unit: Int) -> String? {
    guard let labels, labels.indices.contains(unit) else { return nil }
    return labels[unit]
  }
}
