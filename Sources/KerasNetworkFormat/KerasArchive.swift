internal import CFVFiles
internal import ConvolutionalNetworks
internal import Foundation
internal import NetworkFormats

/// A `.keras` file: a zip archive of configuration, metadata and weights.
///
/// https://keras.io/api/models/model_saving_apis/model_saving_and_loading/
struct KerasArchive {
  /// The model's configuration, in JSON; `nil` of weights alone.
  private let writtenConfiguration: String?
  /// The version of Keras that wrote it.
  let kerasVersion: String?

  private let archive: ZipArchive
  private let weights: Range<Int>

  private static let largestText = 256 << 20
  private static let blockSize = 1 << 20

  init(_ bytes: FileBytes, limits: ReadingLimits = ReadingLimits()) throws(KerasError.Problem) {
    do throws(FileFailure) { archive = try ZipArchive(bytes) } catch {
      throw .damagedArchive(reason: error.reason)
    }
    guard let weights = archive.range(of: "model.weights.h5") else {
      throw .damagedArchive(reason: "it has no model.weights.h5")
    }
    self.weights = weights
    writtenConfiguration = try Self.text("config.json", of: archive)
    var budget = ReadingBudget(limits, fileSize: bytes.count)
    let metadata = try Self.text("metadata.json", of: archive)
      .flatMap { try? JSONValue(parsing: $0, limits: limits, budget: &budget) }
    kerasVersion = metadata?["keras_version"]?.string
  }

  /// Whether there is a model, and not weights alone.
  var holdsModel: Bool { writtenConfiguration != nil }

  /// The model's configuration, in JSON.
  ///
  /// - Throws: `KerasError.Problem.weightsOnly` where there is none.
  func configuration() throws(KerasError.Problem) -> String {
    guard let writtenConfiguration else { throw .weightsOnly }
    return writtenConfiguration
  }

  private static func text(_ name: String, of archive: ZipArchive) throws(KerasError.Problem)
    -> String?
  {
    guard let range = archive.range(of: name) else { return nil }
    guard range.count <= largestText else {
      throw .damagedArchive(reason: "its entry '\(name)' takes \(range.count) bytes")
    }
    do throws(FileFailure) {
      return String(decoding: try archive.bytes.bytes(range), as: UTF8.self)
    } catch {
      throw .unreadable(reason: error.reason)
    }
  }

  /// Calls `body` with the weights.
  func withWeights<Result>(
    limits: ReadingLimits, _ body: (HDF5File) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result { try heldWeights(limits: limits).read(body) }

  /// The weights, which libhdf5 reads from a file of their own: it cannot begin in the midst of one, and in memory they
  /// would take their size once more.
  func heldWeights(limits: ReadingLimits) throws(KerasError.Problem) -> HeldHDF5File {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("featurevis-\(UUID().uuidString).h5")
    // Open, it needs no name any longer, and is gone even if the process is killed.
    defer { unlink(url.path) }
    do throws(FileFailure) {
      let writer = try FileWriter(creating: url.path)
      var start = weights.lowerBound
      while start < weights.upperBound {
        let end = min(start + Self.blockSize, weights.upperBound)
        try writer.append(try archive.bytes.bytes(start..<end))
        start = end
      }
    } catch {
      throw .unreadable(
        reason: """
          its weights cannot be unpacked in '\(url.deletingLastPathComponent().path)': \(error.reason); \
          make room there, or set TMPDIR to another folder
          """)
    }
    return try HeldHDF5File(url, limits: limits)
  }
}
