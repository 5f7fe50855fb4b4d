internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

extension KerasFile {
  /// Names the weights of an HDF5 file or a `.keras` archive, be there a model or not.
  ///
  /// A weight's name is its layer's and its own, `conv1_conv/kernel`, where the file lists its layers, as those do that
  /// keras.applications publishes. Otherwise it is the path to it, `layers/conv2d/vars/0`, as in the `.weights.h5` of Keras
  /// 3. Its shape is Keras' own, for a convolution `[H, W, inputs, filters]`.
  ///
  /// - Parameter limits: what listing the weights may take, and what each of them may when it is read.
  /// - Throws: `KerasError` naming the file.
  public static func weights(_ url: URL, limits: ReadingLimits = ReadingLimits()) throws(KerasError)
    -> StateDictionary
  {
    do throws(KerasError.Problem) {
      let source: WeightsSource =
        if let archive = try archive(url, limits: limits) {
          .held(try archive.heldWeights(limits: limits))
        } else { .file(url, limits) }
      return try source.read { file throws(KerasError.Problem) -> StateDictionary in
        let notes =
          try file.contains(WeightsPlace.optimizer)
          ? ["what the optimizer keeps is left aside"] : []
        return StateDictionary(file: url.path, try Self.entries(of: file, source), notes: notes)
      }
    } catch {
      throw KerasError(file: url.path, layer: nil, problem: error)
    }
  }

  /// Whether a file holds a whole model, and not weights alone.
  ///
  /// - Throws: `KerasError` naming the file.
  public static func holdsModel(_ url: URL) throws(KerasError) -> Bool {
    do throws(KerasError.Problem) {
      if let archive = try archive(url, limits: ReadingLimits()) { return archive.holdsModel }
      return try HDF5Library.withFile(url, limits: ReadingLimits()) {
        file throws(KerasError.Problem) -> Bool in
        try file.text("model_config", of: "/") != nil
      }
    } catch {
      throw KerasError(file: url.path, layer: nil, problem: error)
    }
  }

  /// Where tensors are read from, each when it is asked for.
  private enum WeightsSource {
    /// A file that is opened anew each time.
    case file(URL, ReadingLimits)
    /// What was unpacked of an archive.
    case held(HeldHDF5File)

    func read<Result>(_ body: (HDF5File) throws(KerasError.Problem) -> Result)
      throws(KerasError.Problem) -> Result
    {
      switch self {
      case .file(let url, let limits): try HDF5Library.withFile(url, limits: limits, body)
      case .held(let file): try file.read(body)
      }
    }
  }

  private static func entries(of file: HDF5File, _ source: WeightsSource)
    throws(KerasError.Problem) -> [StateDictionary.Entry]
  {
    var entries: [StateDictionary.Entry] = []
    for place in try WeightsPlace.all(in: file) {
      let (name, path) = (place.name, place.path)
      entries.append(
        StateDictionary.Entry(
          name: name, shape: try file.shape(path, name: name), type: .float32
        ) { () throws(WeightsFileError.Problem) in
          do throws(KerasError.Problem) {
            return try source.read { file throws(KerasError.Problem) in
              try file.tensor(path, name: name, expected: nil)
            }
          } catch {
            throw .damaged(reason: "\(error)")
          }
        })
    }
    return entries
  }
}
