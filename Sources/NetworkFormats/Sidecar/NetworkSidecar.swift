import ConvolutionalNetworks
import Foundation

/// What a network's file does not say: how pictures are fed to it and what its classes are called.
///
/// Stored as `<network>.json` beside the network, for example
/// `{"channelOrder": "BGR", "valueRange": [0, 255], "mean": [104, 117, 123], "labels": "words.txt"}`.
/// `"channelOrder"` is RGB, BGR or gray, a number of channels that have no names, or a list of their names, each maybe with the
/// colour that it is shown in: `["B2", {"name": "B4", "color": [1, 0, 0]}]`. Keys that are not known are ignored.
public struct NetworkSidecar: Sendable, Equatable {
  /// The sidecar's path.
  public let file: String
  /// How a picture becomes the first input; `nil` where the file says nothing of it.
  public let specification: InputSpecification?
  /// The names of the classes; `nil` where the file gives none.
  public let labels: [String]?

  /// The sidecar of a network's file; `nil` if there is none.
  ///
  /// - Parameter limits: what reading it may take.
  /// - Throws: `NetworkSidecarError` naming the file and the key at fault.
  public init?(beside network: URL, limits: ReadingLimits = ReadingLimits())
    throws(NetworkSidecarError)
  {
    let url = network.deletingPathExtension().appendingPathExtension("json")
    guard url != network, FileManager.default.fileExists(atPath: url.path) else { return nil }
    try self.init(contentsOf: url, limits: limits)
  }

  /// Reads a sidecar, and the file of labels that it may name, which lies in its folder.
  ///
  /// - Parameter limits: what reading it may take.
  /// - Throws: `NetworkSidecarError` naming the file and the key at fault.
  public init(contentsOf url: URL, limits: ReadingLimits = ReadingLimits())
    throws(NetworkSidecarError)
  {
    let content = try SidecarContent(contentsOf: url, limits: limits)
    file = url.path
    specification = try content.specification(file: url.path)
    switch content.labels {
    case .names(let names): labels = names
    case .file(let name): labels = try ClassLabels.read(name, namedBy: url, limits: limits)
    case nil: labels = nil
    }
  }

  /// What may matter but is no fault: names that several classes have, of which only the first can be asked for.
  var warnings: [String] {
    let repeated = ClassLabels.repeated(in: labels ?? [])
    guard let first = repeated.first else { return [] }
    let others = repeated.count > 1 ? ", and \(repeated.count - 1) more such names" : ""
    return [
      """
      \(file): the label '\(first.name)' stands for the classes \(first.first) and \(first.second)\(others): \
      ask for these by number
      """
    ]
  }

  /// The network with its first input fed as the sidecar says, and with the sidecar's labels.
  ///
  /// - Throws: `NetworkSidecarError` where the number of channels differs.
  public func applied(to network: NeuralNetwork) throws(NetworkSidecarError) -> NeuralNetwork {
    var result = network
    if let specification {
      let order = specification.channelOrder
      if let input = network.inputs.first,
        let channels = input.channels(contradicting: order)
      {
        throw NetworkSidecarError(
          file: file, key: "channelOrder",
          reason:
            "\(order.summary) are not what the \(channels) channels of '\(input.name)' mean; \(channels) stands for "
            + "channels without names, [\"a\", …] for those of names")
      }
      do throws(VisualizationError) { result = try network.specifying(specification) } catch {
        throw NetworkSidecarError(file: file, key: "channelOrder", reason: "\(error)")
      }
    }
    if let labels { result.labels = labels }
    return result
  }
}
