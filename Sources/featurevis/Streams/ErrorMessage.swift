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

  /// What the library calls a thing that is an option here, longer words first.
  private static let options = [
    ("ReadingLimits.baseMemory", "--memory"), ("Program.Options.memoryLimit", "--memory"),
    ("Preset.memoryLimit", "--memory"),
    ("takes any size: say which", "takes any size: say one with --size"),
    (
      "say the height and width of the picture that they are",
      "say the height and width of the picture with --size"
    ),
    ("Pixels(in: .network)", "--preset lucid"),
    ("the channel order .unnamed", "--channel-order .unnamed"),
    ("what its channels are: .", "what its channels are: --channel-order ."),
    (".rgb or .bgr", "RGB or BGR"), (".unnamed(", "("), (".named([…])", "their names"),
    (".gray", "gray"),
  ]

  private static func advice(on error: any Error) -> String? {
    switch error as? VisualizationError {
    case .unknownLayer(_, let nearest) where nearest.isEmpty:
      "; 'featurevis inspect' lists the layers"
    case .unknownLabel(_, let nearest) where nearest.isEmpty:
      "; units may be given by number, too, or as 'all'"
    case .missingLabels: "; give the unit's number"
    case .unreachedLayer: " (--layer before --target, which is the classes' scores unless given)"
    case .tooMuchMemory: " (--memory)"
    case .invalidShape: "; --size asks for another size of picture"
    default: nil
    }
  }
}
