internal import CFVFiles
import ConvolutionalNetworks
import Foundation

extension NetworkSidecar {
  /// Writes what a network's own format does not hold, its preprocessing and labels, as `<file>.json` beside it.
  ///
  /// - Returns: the sidecar's place; `nil` where there is nothing to write, or already a sidecar.
  /// - Throws: `NetworkSidecarError` where it cannot be written.
  @discardableResult
  public static func write(_ network: NeuralNetwork, beside file: URL) throws(NetworkSidecarError)
    -> URL?
  {
    let specification = network.inputs.first?.specification
    guard specification != nil || network.labels != nil else { return nil }
    let url = file.deletingPathExtension().appendingPathExtension("json")
    guard url != file, !FileManager.default.fileExists(atPath: url.path) else { return nil }
    let content = WrittenSidecar(specification, labels: network.labels)
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try WholeFile(url).write(try encoder.encode(content) + Data("\n".utf8))
    } catch let error as FileFailure {
      throw NetworkSidecarError(file: url.path, reason: "cannot be written: \(error.reason)")
    } catch {
      throw NetworkSidecarError(file: url.path, reason: "cannot be written: \(error)")
    }
    return url
  }
}

/// A sidecar on its way to a file.
private struct WrittenSidecar: Encodable {
  let channelOrder: SidecarChannels?
  let valueRange: [Float]?
  let mean: [Float]?
  let standardDeviation: [Float]?
  let labels: [String]?

  init(_ specification: InputSpecification?, labels: [String]?) {
    channelOrder = specification.map { SidecarChannels(order: $0.channelOrder) }
    valueRange = specification.map { [$0.valueRange.lowerBound, $0.valueRange.upperBound] }
    mean = specification?.mean
    standardDeviation = specification?.standardDeviation
    self.labels = labels
  }
}
