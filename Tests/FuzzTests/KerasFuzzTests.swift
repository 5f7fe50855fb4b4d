import CFVFiles
import ConvolutionalNetworks
import Foundation
import Testing

@testable import KerasNetworkFormat

/// Protects against traps, hangs and great allocations from damaged Keras files.
///
/// libhdf5 crashes on some malformed files, so that it only sees whole ones here: what is changed is the
/// configuration, the archive around the weights, and the superblock, which we check first.
@Suite(.serialized) struct KerasFuzzTests {
  private static let folder = "KerasNetworkFormatTests/Fixtures"

  @Test func `configurations in HDF5`() throws {
    let urls = try Seeds.files(Self.folder, ["h5"])
    var accepted = 0
    for url in urls {
      accepted += try HDF5Library.withFile(url, limits: ReadingLimits()) {
        file throws(KerasError.Problem) in
        guard let model = try? SavedModel(legacy: file) else { return 0 }
        return Self.accepted("keras-h5", url, of: urls.count, model)
      }
    }
    #expect(accepted > 0)
  }

  @Test func `configurations in archives`() throws {
    let urls = try Seeds.files(Self.folder, ["keras"])
    var accepted = 0
    for url in urls {
      let archive = try KerasArchive(try FileBytes(url))
      accepted += try archive.withWeights(limits: ReadingLimits()) {
        file throws(KerasError.Problem) in
        Self.accepted("keras-config", url, of: urls.count, try SavedModel(archive, weights: file))
      }
    }
    #expect(accepted > 0)
  }

  /// Protects the reading of nested models, functions, attention and whatever else people's models have.
  @Test func `configurations of many models`() throws {
    let file = try #require(
      Seeds.files(Self.folder, ["h5"]).first { $0.lastPathComponent == "Models.h5" })
    let names = try HDF5Library.withFile(file, limits: ReadingLimits()) {
      file throws(KerasError.Problem) in
      (try file.list("models", of: "/") ?? []).filter { $0.hasSuffix(".keras") }
    }
    var accepted = 0
    for name in names {
      let group = name.dropLast(".keras".count)
      let bytes = try HDF5Library.withFile(file, limits: ReadingLimits()) {
        file throws(KerasError.Problem) in
        try file.tensor("/\(group)/keras", name: name, expected: nil)
      }
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("fuzz-\(UUID().uuidString)-\(name)")
      defer { try? FileManager.default.removeItem(at: url) }
      try Data(bytes.elements.map { UInt8($0) }).write(to: url)
      let archive = try KerasArchive(try FileBytes(url))
      accepted += try archive.withWeights(limits: ReadingLimits()) {
        file throws(KerasError.Problem) in
        try Self.accepted(
          "keras-models", URL(filePath: name), of: names.count, SavedModel(archive, weights: file))
      }
    }
    #expect(accepted > 0)
  }

  /// How many changed configurations make a network; a file takes its share of the inputs.
  private static func accepted(
    _ format: String, _ url: URL, of count: Int, _ model: SavedModel
  ) -> Int {
    let json = JSONMutator([model.configuration], vocabulary: vocabulary)
    var fuzzer = Fuzzer("\(format)-\(url.deletingPathExtension().lastPathComponent)")
    do {
      try fuzzer.run(files: count, slowness: 10) { random in
        imports(SavedModel(configuration: json.mutation(using: &random), like: model), &random)
      }
    } catch { Issue.record("\(error)") }
    return fuzzer.accepted
  }

  private static func imports(_ model: SavedModel, _ random: inout FuzzRandom) -> Bool {
    var importer = ModelImport(limits: ReadingLimits())
    do throws(KerasError.Problem) {
      NetworkExercise.run(try importer.run(model), &random)
      return true
    } catch { return false }
  }

  private static let vocabulary = [
    "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Dense", "BatchNormalization", "Flatten",
    "Reshape", "Concatenate", "Add", "ZeroPadding2D", "Cropping2D", "UpSampling2D",
    "MaxPooling2D", "GlobalAveragePooling2D", "Functional", "Sequential", "InputLayer", "same",
    "valid", "channels_first", "target_shape", "cropping", "padding", "axis", "dilation_rate",
    "strides", "pool_size", "size", "groups", "filters", "Conv1D", "Conv2DTranspose",
    "GroupNormalization", "UnitNormalization", "MultiHeadAttention", "Attention", "TimeDistributed",
    "Resizing", "CenterCrop", "RandomFlip", "TFOpLambda", "SlicingOpLambda", "GetItem", "Stack",
    "TrueDivide", "Einsum", "EinsumDense", "RepeatVector", "Dot", "Lambda", "inbound_nodes",
    "kwargs",
    "args", "training", "mask", "equation", "newshape", "keras_history", "layer", "axes", "n",
    "key_dim", "num_heads", "slice_spec", "function", "causal", "output_padding",
  ].map { "\"\($0)\"" }

  @Test func archives() throws {
    let seeds = try Seeds.bytes(Self.folder, ["keras"])
    let mutator = ByteMutator(seeds: seeds.map { Array($0.suffix(2_000)) })
    var fuzzer = Fuzzer("keras-archive")
    try fuzzer.run { random in
      // The directory, and the parts before it, between which the weights are left whole.
      let seed = random.one(of: seeds)
      var bytes = seed
      if random.once(in: 4) {
        mutator.change(&bytes, &random)
      } else {
        var tail = Array(seed.suffix(600))
        for _ in 0...random.below(4) { mutator.change(&tail, &random) }
        bytes = Array(seed.dropLast(600)) + tail
      }
      do throws(KerasError.Problem) {
        let archive = try KerasArchive(FileBytes(Data(bytes), name: "fuzzed"))
        return try archive.configuration().utf8.count <= bytes.count
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  /// What the file's first bytes say, which is checked before libhdf5 sees the file.
  @Test func superblocks() throws {
    let seeds = try Seeds.bytes(Self.folder, ["h5"]).map { Array($0.prefix(200)) }
    let mutator = ByteMutator(seeds: seeds)
    var fuzzer = Fuzzer("hdf5-superblock")
    try fuzzer.run { random in
      let size = random.once(in: 2) ? 20_000 : max(0, random.interestingNumber())
      do throws(KerasError.Problem) {
        _ = try HDF5Superblock(mutator.mutation(using: &random), fileSize: size)
        return true
      } catch { return false }
    }
  }
}
