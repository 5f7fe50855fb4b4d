extension Preset {
  /// The names that `named(_:)` knows.
  public static let names = [
    "lucid", "keras-vis", "yosinski-1", "yosinski-2", "yosinski-3", "yosinski-4", "act-max-util",
    "keras-io", "erhan",
  ]

  /// The preset of a name, as command lines and files write it.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for other names.
  public static func named(_ name: String) throws(VisualizationError) -> Preset {
    switch name {
    case "lucid": return .lucid
    case "keras-vis": return .kerasVis
    case "act-max-util": return .actMaxUtil
    case "keras-io": return .kerasIO
    case "erhan": return .erhan
    default:
      guard name.hasPrefix("yosinski-"), let row = Int(name.dropFirst("yosinski-".count)) else {
        throw .invalidArgument(
          "preset", "'\(name)' is not one of \(names.joined(separator: ", "))")
      }
      return try .yosinski(row)
    }
  }
}
