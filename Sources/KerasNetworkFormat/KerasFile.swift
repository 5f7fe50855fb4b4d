public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

/// Reads whole models that Keras saved as HDF5 (`.h5`, `.hdf5`).
///
/// libhdf5 itself crashes on some malformed files: read files from a source you trust.
/// https://keras.io/api/models/model_saving_apis/
public enum KerasFile {
  /// Reads a network and, if there is a `<name>.json` beside the file, its preprocessing and labels.
  ///
  /// Shapes are logical in Keras' order, `[N, H, W, C]`; layers have Keras' names.
  ///
  /// - Throws: `KerasError` naming the file and the layer at fault.
  public static func load(_ url: URL) throws(KerasError) -> LoadedNetwork {
    var importer = ModelImport()
    do throws(KerasError.Problem) {
      guard ["h5", "hdf5"].contains(url.pathExtension.lowercased()) else { throw .unknownFormat }
      let network = try HDF5Library.withFile(url) { file throws(KerasError.Problem) in
        try importer.run(file)
      }
      let loaded = LoadedNetwork(network: network, warnings: [])
      do throws(NetworkSidecarError) { return try loaded.applyingSidecar(beside: url) } catch {
        throw .sidecar(error)
      }
    } catch {
      throw KerasError(file: url.path, layer: importer.layer, problem: error)
    }
  }
}
