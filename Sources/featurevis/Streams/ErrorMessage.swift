import ConvolutionalNetworks
import FeatureVisualization
import Foundation

/// What the tool says of an error: the library's words, in terms of its own options, and what to do next.
struct ErrorMessage {
  let text: String

  init(_ error: any Error) {
    var text = (error as? any LocalizedError)?.errorDescription ?? "\(error)"
    for (name, option) in Self.options { text = text.replacingOccurrences(of: name, with: option) }
    self.text = text + (Self.advice(on: error) ?? "")
  }

  /// What the library calls a thing that is an option here.
  private static let options = [
    "ReadingLimits.baseMemory": "--memory", "Program.Options.memoryLimit": "--memory",
    "Preset.memoryLimit": "--memory",
  ]

  private static func advice(on error: any Error) -> String? {
    switch error as? VisualizationError {
    case .unknownLayer(_, let nearest) where nearest.isEmpty:
      "; 'featurevis inspect' lists the layers"
    case .unknownLabel(_, let nearest) where nearest.isEmpty:
      "; units may be given by number, too, or as 'all'"
    case .missingLabels: "; give the unit's number"
    case .tooMuchMemory: " (--memory)"
    case .invalidShape: "; --size asks for another size of picture"
    default: nil
    }
  }
}
