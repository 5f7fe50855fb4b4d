public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

extension KerasFile {
  /// Names the weights of an HDF5 file, such as those that keras.applications publishes, or of a whole model.
  ///
  /// A weight's name is its layer's and its own, `conv1_conv/kernel`; its shape is Keras' own, for a
  /// convolution `[H, W, inputs, filters]`.
  ///
  /// - Parameter limits: what listing the weights may take, and what each of them may when it is read.
  /// - Throws: `KerasError` naming the file.
  public static func weights(_ url: URL, limits: ReadingLimits = ReadingLimits()) throws(KerasError)
    -> StateDictionary
  {
    do throws(KerasError.Problem) {
      let entries = try HDF5Library.withFile(url, limits: limits) {
        file throws(KerasError.Problem) -> [StateDictionary.Entry] in
        try Self.entries(of: file, url)
      }
      return StateDictionary(file: url.path, entries)
    } catch {
      throw KerasError(file: url.path, layer: nil, problem: error)
    }
  }

  /// Whether an HDF5 file holds a whole model, and not weights alone.
  ///
  /// - Throws: `KerasError` naming the file.
  public static func holdsModel(_ url: URL) throws(KerasError) -> Bool {
    do throws(KerasError.Problem) {
      return try HDF5Library.withFile(url, limits: ReadingLimits()) {
        file throws(KerasError.Problem) -> Bool in
        try file.text("model_config", of: "/") != nil
      }
    } catch {
      throw KerasError(file: url.path, layer: nil, problem: error)
    }
  }

  private static func entries(of file: HDF5File, _ url: URL) throws(KerasError.Problem)
    -> [StateDictionary.Entry]
  {
    let root = try file.contains("/model_weights") ? "/model_weights" : ""
    guard let layers = try file.list("layer_names", of: root.isEmpty ? "/" : root) else {
      throw .unsupported("an HDF5 file that does not list layers")
    }
    let limits = file.limits
    var entries: [StateDictionary.Entry] = []
    var seen: Set<String> = []
    for layer in layers {
      let group = "\(root)/\(layer)"
      guard try file.contains(group) else { throw .missingWeight(layer) }
      for weight in try file.list("weight_names", of: group) ?? [] {
        let path = "\(group)/\(weight)"
        let name = weight.split(separator: ":", maxSplits: 1).first.map(String.init) ?? weight
        guard seen.insert(name).inserted else {
          throw .weightData(name, reason: "two weights have this name")
        }
        guard entries.count < limits.nodes else {
          throw .exceedsLimits(
            reason: "lists more than \(limits.nodes) weights (ReadingLimits.nodes)")
        }
        entries.append(
          StateDictionary.Entry(
            name: name, shape: try file.shape(path, name: name), type: .float32
          ) { () throws(WeightsFileError.Problem) in
            do throws(KerasError.Problem) {
              return try HDF5Library.withFile(url, limits: limits) {
                file throws(KerasError.Problem) in
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
