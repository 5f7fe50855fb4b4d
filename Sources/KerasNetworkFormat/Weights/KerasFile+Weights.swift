public import Foundation
public import NetworkFormats

extension KerasFile {
  /// Names the weights of an HDF5 file, such as those that keras.applications publishes, or of a whole model.
  ///
  /// A weight's name is its layer's and its own, `conv1_conv/kernel`; its shape is Keras' own, for a
  /// convolution `[H, W, inputs, filters]`.
  ///
  /// - Throws: `KerasError` naming the file.
  public static func weights(_ url: URL) throws(KerasError) -> StateDictionary {
    do throws(KerasError.Problem) {
      let entries = try HDF5Library.withFile(url) {
        file throws(KerasError.Problem) -> [StateDictionary.Entry] in
        try Self.entries(of: file, url)
      }
      return StateDictionary(file: url.path, entries)
    } catch {
      throw KerasError(file: url.path, layer: nil, problem: error)
    }
  }

  private static func entries(of file: HDF5File, _ url: URL) throws(KerasError.Problem)
    -> [StateDictionary.Entry]
  {
    let root = file.contains("/model_weights") ? "/model_weights" : ""
    guard let layers = try file.list("layer_names", of: root.isEmpty ? "/" : root) else {
      throw .unsupported("an HDF5 file that does not list layers")
    }
    var entries: [StateDictionary.Entry] = []
    var seen: Set<String> = []
    for layer in layers {
      let group = "\(root)/\(layer)"
      guard file.contains(group) else { throw .missingWeight(layer) }
      for weight in try file.list("weight_names", of: group) ?? [] {
        let path = "\(group)/\(weight)"
        let name = weight.split(separator: ":", maxSplits: 1).first.map(String.init) ?? weight
        guard seen.insert(name).inserted else {
          throw .weightData(name, reason: "two weights have this name")
        }
        entries.append(
          StateDictionary.Entry(
            name: name, shape: try file.shape(path, name: name), type: .float32
          ) { () throws(WeightsFileError.Problem) in
            do throws(KerasError.Problem) {
              return try HDF5Library.withFile(url) { file throws(KerasError.Problem) in
                try file.tensor(path, name: name, expected: nil)
              }
            } catch {
              throw .damaged(reason: "\(error)")
            }
          })
      }
    }
    return entries
  }
}
