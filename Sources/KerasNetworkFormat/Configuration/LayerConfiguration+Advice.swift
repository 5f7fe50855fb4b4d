internal import NetworkFormats

extension LayerConfiguration {
  /// What to do about a layer whose class is not known here.
  var adviceWhereUnsupported: KerasError.Advice {
    if className == "Lambda" || className.contains(">") { return .exportOwnCode }
    if let registeredName, registeredName.contains(">") { return .exportOwnCode }
    if let module, !module.hasPrefix("keras"), !module.hasPrefix("tf_keras") {
      return .exportOwnCode
    }
    return Self.classesOfCategories.contains(className) ? .cutInput : .export
  }

  /// Layers that turn text and categories into numbers.
  private static let classesOfCategories: Set = [
    "CategoryEncoding", "Discretization", "HashedCrossing", "Hashing", "IntegerLookup",
    "StringLookup", "TextVectorization",
  ]
}
