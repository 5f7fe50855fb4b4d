internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

/// Reads models that Keras saved: whole ones in HDF5 files (`.h5`, `.hdf5`) and `.keras` archives, and weights.
///
/// The bytes tell the format, not the name. Nothing outside a file is read: links other than hard ones, external
/// storage and virtual datasets are refused. libhdf5 itself crashes on some malformed files: read files from a source
/// you trust.
/// https://keras.io/api/models/model_saving_apis/
public enum KerasFile {
  /// Reads a network and, if there is a `<name>.json` beside the file, its preprocessing and labels.
  ///
  /// Shapes are logical in the model's own order, `[N, H, W, C]` unless its layers have channels first.
  /// Layers have Keras' names; those of nested models follow the model's, `encoder/conv2d`, and the second
  /// call of a layer is `conv2d:1`.
  ///
  /// - Parameter limits: what reading the file may take.
  /// - Throws: `KerasError` naming the file and the layer at fault.
  public static func load(_ url: URL, limits: ReadingLimits = ReadingLimits()) throws(KerasError)
    -> LoadedNetwork
  {
    var importer = ModelImport(limits: limits)
    do throws(KerasError.Problem) {
      let network = try network(url, &importer)
      let loaded = LoadedNetwork(network: network, warnings: importer.warnings)
      do throws(NetworkSidecarError) {
        return try loaded.applyingSidecar(beside: url, limits: limits)
      } catch {
        throw .sidecar(error)
      }
    } catch {
      throw KerasError(file: url.path, layer: importer.layer, problem: error)
    }
  }

  private static func network(_ url: URL, _ importer: inout ModelImport)
    throws(KerasError.Problem) -> NeuralNetwork
  {
    if let archive = try archive(url, limits: importer.limits) {
      guard archive.holdsModel else { throw .weightsOnly }
      return try archive.withWeights(limits: importer.limits) { file throws(KerasError.Problem) in
        try importer.run(SavedModel(archive, weights: file))
      }
    }
    return try HDF5Library.withFile(url, limits: importer.limits) {
      file throws(KerasError.Problem) in
      try importer.run(SavedModel(legacy: file))
    }
  }

  /// The archive that a file is; `nil` of any other file.
  static func archive(_ url: URL, limits: ReadingLimits) throws(KerasError.Problem)
    -> KerasArchive?
  {
    let bytes: FileBytes
    do throws(FileFailure) {
      bytes = try FileBytes(url)
      guard try ZipArchive.isArchive(bytes) else { return nil }
    } catch {
      throw .unreadable(reason: error.reason)
    }
    return try KerasArchive(bytes, limits: limits)
  }
}
