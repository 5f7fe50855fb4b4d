extension Preset {
  /// The names that `named(_:)` knows.
  public static let names = [
    "lucid", "keras-vis", "yosinski-1", "yosinski-2", "yosinski-3", "yosinski-4", "act-max-util",
    "keras-io", "erhan", "tf-keras-vis", "xplique", "maco", "horama", "captum", "torch-dreams",
    "deep-dream", "deep-inversion", "color-shift",
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
    case "tf-keras-vis": return .tfKerasVis
    case "xplique": return .xplique
    case "maco": return .maco
    case "horama": return .horama
    case "captum": return .captum
    case "torch-dreams": return .torchDreams
    case "deep-dream": return .deepDream
    case "deep-inversion": return .deepInversion
    case "color-shift": return .colorShift
    default:
      guard name.hasPrefix("yosinski-"), let row = Int(name.dropFirst("yosinski-".count)) else {
        throw .invalidArgument(
          "preset", "'\(name)' is not one of \(names.joined(separator: ", "))")
      }
      return try .yosinski(row)
    }
  }
}
