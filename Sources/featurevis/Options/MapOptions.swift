import ArgumentParser
import Attribution
import ConvolutionalNetworks
import PictureFiles

/// How maps are shown over pictures, on a command line.
struct MapOptions: ParsableArguments {
  /// The heading in help.
  static let title = "The look of maps"

  /// Colours of maps that have no signs.
  enum Colors: String, CaseIterable, ExpressibleByArgument {
    case inferno, viridis, gray

    var map: ColorMap {
      switch self {
      case .inferno: .inferno
      case .viridis: .viridis
      case .gray: .gray
      }
    }
  }

  @Option(help: "Colours: inferno, viridis or gray; blue, white and red tell for from against.")
  var colors = Colors.inferno

  @Option(
    help: ArgumentHelp("How much of the picture the colours cover, 0 to 1.", valueName: "share"))
  var opacity: Float = 0.65

  @Option(
    help: ArgumentHelp(
      "The share of a map's numbers, in per cent, that differ in colour; those beyond are as bright as the limit.",
      valueName: "per cent"))
  var percentile = 99.5

  func validate() throws {
    guard (0...1).contains(opacity) else {
      throw ValidationError("--opacity \(opacity) is not in 0...1")
    }
    guard percentile > 0, percentile <= 100 else {
      throw ValidationError("--percentile \(percentile) is not above 0 and at most 100")
    }
  }

  /// How a map is shown.
  func heat(for map: AttributionMap) -> HeatMap {
    map.isSigned
      ? HeatMap(isSigned: true, percentile: percentile, opacity: min(1, opacity * 1.5), fades: true)
      : HeatMap(colors: colors.map, percentile: percentile, opacity: opacity)
  }

  /// A map over the picture that it is of, `[1, H, W, C]`: signs, whose colours would mix with the picture's, over a pale
  /// grey one.
  func overlay(of map: AttributionMap, over picture: Tensor) -> Tensor {
    heat(for: map).overlay(of: map.visible, over: map.isSigned ? Self.pale(picture) : picture)
  }

  /// The luminance, halfway to white.
  private static func pale(_ picture: Tensor) -> Tensor {
    let gray = picture.luminance
    return Tensor(shape: gray.shape, elements: gray.elements.map { 0.5 + 0.5 * $0 })
  }
}

extension AttributionMap {
  /// One number for each pixel, `[1, H, W, 1]`, as it is shown: the sum over channels, or of a map without signs the largest.
  var visible: Tensor {
    values.shape[3] == 1 ? values : reduced(by: isSigned ? .sum : .largestMagnitude).values
  }
}
