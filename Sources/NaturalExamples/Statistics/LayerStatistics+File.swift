internal import CFVFiles
public import ConvolutionalNetworks
internal import FeatureVisualization
public import Foundation

extension LayerStatistics {
  /// More than the statistics of any network's layers take.
  private static let largestFile = 256 << 20

  /// Writes the statistics as JSON; the file is replaced whole, or not at all.
  ///
  /// The same statistics give the same bytes: `format`, the `network`'s digest, `height`, `width` and `channels` of the
  /// pictures, their number, and `layers` with `name`, `mean` and `variance`.
  ///
  /// - Throws: `LayerStatisticsError.unwritable`.
  public func save(to url: URL) throws(LayerStatisticsError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      try WholeFile(url).write(try encoder.encode(Content(self)))
    } catch let failure as FileFailure {
      throw .unwritable(file: url.relativePath, reason: failure.reason)
    } catch {
      throw .unwritable(file: url.relativePath, reason: "\(error)")
    }
  }

  /// Reads statistics that were measured of a network.
  ///
  /// - Parameters:
  ///   - network: the network, fed as it was when they were measured.
  ///   - heldInputs: what its other inputs held.
  /// - Throws: `LayerStatisticsError` for a file that cannot be read, is damaged, or is of another network.
  /// - Complexity: O(size of the file + weights).
  public init(
    contentsOf url: URL, for network: NeuralNetwork, heldInputs: [String: Tensor] = [:]
  ) throws(LayerStatisticsError) {
    let file = WholeFile(url)
    let content: Content
    do {
      content = try JSONDecoder().decode(
        Content.self, from: try file.read(atMost: Self.largestFile))
    } catch let failure as FileFailure {
      throw .unreadable(file: file.name, reason: failure.reason)
    } catch let error as DecodingError {
      throw .damaged(file: file.name, reason: SearchState.reason(of: error))
    } catch {
      throw .damaged(file: file.name, reason: error.localizedDescription)
    }
    if let fault = content.fault { throw .damaged(file: file.name, reason: fault) }
    guard content.network == NetworkDigest.text(of: network, heldInputs: heldInputs) else {
      throw .otherNetwork(file: file.name)
    }
    for layer in content.layers {
      do throws(VisualizationError) { _ = try network.layer(.name(layer.name)) } catch {
        throw .damaged(file: file.name, reason: "\(error)")
      }
    }
    self.init(
      layers: content.layers, pictureCount: content.pictures, networkDigest: content.network,
      size: PictureSize(
        height: content.height, width: content.width, channels: content.channels))
  }

  /// Statistics as they are written.
  private struct Content: Codable {
    private static let format = "layer-statistics-1"

    private var format = Self.format
    let network: String
    let height, width, channels: Int
    let pictures: Int
    let layers: [Layer]

    init(_ statistics: LayerStatistics) {
      network = statistics.networkDigest
      let size = statistics.size
      (height, width, channels) = (size.height, size.width, size.channels)
      (pictures, layers) = (statistics.pictureCount, statistics.layers)
    }

    /// The rule that the numbers break; `nil` where a measurement can have written them.
    var fault: String? {
      guard format == Self.format else { return "its format '\(format.prefix(40))' is not known" }
      guard pictures > 0, height > 0, width > 0, channels > 0 else {
        return "\(pictures) pictures of \(height)x\(width)x\(channels)"
      }
      guard !layers.isEmpty else { return "it has no layers" }
      for layer in layers {
        let name = layer.name.prefix(60)
        guard !layer.mean.isEmpty, layer.mean.count == layer.variance.count else {
          return
            "layer '\(name)' has \(layer.mean.count) means and \(layer.variance.count) variances"
        }
        guard layer.mean.allSatisfy(\.isFinite),
          layer.variance.allSatisfy({ $0 >= 0 && $0.isFinite })
        else { return "layer '\(name)' has a number that is not finite, or a negative variance" }
      }
      guard Set(layers.map(\.name)).count == layers.count else { return "a layer is there twice" }
      return nil
    }
  }
}
