/// Any operation of the engine.
extension LayerDefinition {
  /// An operation with all that it needs; named by its kind: `local_response_normalization`.
  ///
  ///     graph.add(.operation(Arithmetic(.subtract)), to: a, b)
  ///     graph.add(.operation(Constant(offsets)))
  ///
  /// Its axes are those of the network's layout.
  public static func operation(_ operation: any LayerOperation, name: String? = nil)
    -> LayerDefinition
  {
    let defaultName = operation.kind.snakeCased
    return LayerDefinition(operation.kind, name, defaultName: defaultName) { _ in
      operation
    }
  }
}

extension String {
  /// `LocalResponseNormalization` as `local_response_normalization`.
  fileprivate var snakeCased: String {
    var result = ""
    let letters = Array(self)
    for (index, letter) in letters.enumerated() {
      let startsWord =
        letter.isUppercase && index > 0
        && (letters[index - 1].isLowercase
          || letters.indices.contains(index + 1) && letters[index + 1].isLowercase)
      result += (startsWord ? "_" : "") + letter.lowercased()
    }
    return result
  }
}
