internal import CFVFiles
package import ConvolutionalNetworks
package import Foundation
internal import KerasNetworkFormat
internal import NetworkArchitectures
package import NetworkFormats

/// Hands a file to the reader of its kind.
package struct NetworkFileReader {
  let url: URL
  private let constants: [String: Tensor]
  private let limits: ReadingLimits

  package init(_ url: URL, constants: [String: Tensor] = [:], limits: ReadingLimits) {
    self.url = url
    self.constants = constants
    self.limits = limits
  }

  /// What is in the file; weights belong to the architecture of this name, or to the one that they are recognised as.
  func content(architecture name: String?) throws(NetworkFileError) -> NetworkFileContent {
    let named = try name.map(architecture)
    let kind = try kind()
    if let weights = try weights(kind, isAsked: named != nil) {
      let loaded: LoadedNetwork?
      do throws(ArchitectureError) {
        loaded =
          if let named { try named.loaded(weights: weights) } else {
            try Architecture.recognizing(weights)
          }
      } catch {
        throw explained(error)
      }
      guard let loaded else { return .weights(weights) }
      do throws(NetworkSidecarError) {
        return .network(try loaded.applyingSidecar(beside: url, limits: limits))
      } catch {
        throw .sidecar(error)
      }
    }
    switch kind {
    case .onnx: return .network(try onnx())
    case .maybeONNX:
      do { return .network(try onnx()) } catch {
        if case .onnx(let cause) = error, case .notONNX = cause.problem { throw unknownFormat }
        throw error
      }
    case .kerasArchive, .hdf5: return .network(try keras())
    case .weights, nil: throw unknownFormat
    }
  }

  /// The weights of a file that holds no network; `nil` for any other file.
  ///
  /// - Parameter architecture: the name of the network that they belong to, if somebody said: then any file is taken for
  ///   one of weights.
  package func weights(architecture: String?) throws(NetworkFileError) -> StateDictionary? {
    try weights(try kind(), isAsked: architecture != nil)
  }

  private var unknownFormat: NetworkFileError { .unknownFormat(file: url.relativePath) }

  private func architecture(_ name: String) throws(NetworkFileError) -> Architecture {
    do throws(ArchitectureError) { return try Architecture(named: name) } catch {
      throw explained(error)
    }
  }

  private func explained(_ error: ArchitectureError) -> NetworkFileError {
    if case .file(let cause) = error { return .weights(cause) }
    return .architecture(file: url.relativePath, error)
  }

  private func weights(_ kind: NetworkFileKind?, isAsked: Bool) throws(NetworkFileError)
    -> StateDictionary?
  {
    if kind == .hdf5 || kind == .kerasArchive {
      do throws(KerasError) {
        if !isAsked, try KerasFile.holdsModel(url) { return nil }
        return try KerasFile.weights(url, limits: limits)
      } catch {
        throw .keras(error)
      }
    }
    guard isAsked || kind == .weights else { return nil }
    do throws(ArchitectureError) {
      return try StateDictionary(published: url, limits: limits)
    } catch {
      throw explained(error)
    }
  }

  private func onnx() throws(NetworkFileError) -> LoadedNetwork {
    do throws(ONNXError) {
      return try ONNXFile.load(url, constants: constants, limits: limits)
    } catch {
      if case .sidecar(let cause) = error.problem { throw .sidecar(cause) }
      throw .onnx(error)
    }
  }

  private func keras() throws(NetworkFileError) -> LoadedNetwork {
    do throws(KerasError) { return try KerasFile.load(url, limits: limits) } catch {
      if case .sidecar(let cause) = error.problem { throw .sidecar(cause) }
      throw .keras(error)
    }
  }
}
