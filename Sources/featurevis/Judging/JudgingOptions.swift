import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization

/// The network that pictures were drawn on, and how, on command lines that judge them.
struct JudgingOptions: ParsableArguments {
  /// The heading in help.
  static let title = "The network that drew the pictures"

  @Option(
    help: ArgumentHelp(
      """
      The network that drew the pictures: numbers of classes are its own, and it scores each picture under fresh draws of \
      the recipe's transformations.
      """, valueName: "network"))
  var drawnOn: String?

  @Option(
    parsing: .unconditional,
    help: """
      The layer of that network that the pictures were drawn of; the scores of the classes, without their softmax or \
      sigmoid, unless given.
      """)
  var layer: String?

  @Option(
    name: .customLong("units"),
    help:
      "The units of that layer, by number or label: 7 or 7+zebra; the pictures' class unless given."
  )
  var unitGroups: UnitGroups?

  @Option(
    help: ArgumentHelp(
      "The recipe whose transformations are drawn: \(Preset.names.joined(separator: ", ")). The report's, or else lucid, unless given.",
      valueName: "recipe"),
    completion: .list(Preset.names))
  var preset: String?

  @Option(help: ArgumentHelp("How often they are drawn.", valueName: "count"))
  var draws = 32

  @Option(help: ArgumentHelp("Fixes the draws.", valueName: "number"))
  var seed: UInt64 = 0

  /// The units that all pictures were drawn of.
  var units: [UnitID]? {
    guard case .groups(let groups) = unitGroups else { return nil }
    return groups.first
  }

  func validate() throws {
    try validatePositive(draws, "--draws", limit: 100_000)
    if let preset {
      do { _ = try Preset.named(preset) } catch { throw ValidationError("\(error)") }
    }
    switch unitGroups {
    case nil: break
    case .groups(let groups) where groups.count == 1: break
    default:
      throw ValidationError("--units: say the units of one picture, such as 7 or 7+zebra")
    }
    if drawnOn == nil, layer != nil || unitGroups != nil {
      throw ValidationError("--layer and --units belong to --drawn-on")
    }
  }
}
