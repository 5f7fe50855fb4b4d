import CFVFiles
import Foundation
import Testing

@testable import NetworkFormats

/// Protects against traps, hangs and great allocations from damaged PyTorch files, and from hostile pickles.
@Suite(.serialized) struct PyTorchFuzzTests {
  private static let folder = "NetworkFormatsTests/Weights/Fixtures"

  @Test func archives() throws {
    let seeds = try Seeds.bytes(Self.folder, ["pt"]).filter { $0.starts(with: [0x50, 0x4B]) }
    let archives = try seeds.map { seed in
      let archive = try ZipArchive(FileBytes(Data(seed), name: "seed"))
      return StoredZip(
        entries: try archive.names.map { name in
          (name, try archive.bytes.bytes(try #require(archive.range(of: name))))
        })
    }
    let pickles = PickleMutator(
      seeds: archives.compactMap { archive in
        archive.entries.first { $0.name.hasSuffix("data.pkl") }
          .map { PickleInstruction.parse($0.contents[...]) }
      })
    try #require(pickles.seeds.count == archives.count && !archives.isEmpty)
    let mutator = ByteMutator(seeds: seeds)
    var fuzzer = Fuzzer("pytorch-zip")
    try fuzzer.run { random in
      guard !random.once(in: 3) else {
        return WeightsReader.reads(mutator.mutation(using: &random))
      }
      var archive = random.one(of: archives)
      for i in archive.entries.indices where archive.entries[i].name.hasSuffix("data.pkl") {
        archive.entries[i].contents = pickles.mutation(using: &random)
      }
      if random.once(in: 4) {
        archive.entries.swapAt(0, random.below(archive.entries.count))
        mutator.change(&archive.entries[0].contents, &random)
      }
      return WeightsReader.reads(archive.bytes)
    }
    #expect(fuzzer.accepted > 0)
  }

  @Test func `legacy pickles`() throws {
    let seeds = try Seeds.bytes(Self.folder, ["pth", "th", "pkl"])
    let mutator = ByteMutator(seeds: seeds)
    // Five pickles, then the storages.
    let parts = seeds.filter { $0.count > 15 && $0[2] == 0x8A }.map { seed in
      var rest = seed[...]
      let pickles = (0..<5).map { _ in
        let pickle = PickleInstruction.parse(rest)
        rest = rest.dropFirst(pickle.reduce(0) { $0 + $1.bytes.count })
        return pickle
      }
      return (pickles: pickles, storages: Array(rest))
    }
    try #require(!parts.isEmpty)
    let mutators = (0..<5).map { i in PickleMutator(seeds: parts.map { $0.pickles[i] }) }
    var fuzzer = Fuzzer("pytorch-legacy")
    try fuzzer.run { random in
      guard !random.once(in: 3) else {
        return WeightsReader.reads(mutator.mutation(using: &random))
      }
      let seed = random.one(of: parts)
      // Mostly the pickle of the tensors; the magic number stays.
      let changed = random.one(of: [1, 2, 3, 3, 3, 3, 3, 4])
      var bytes: [UInt8] = []
      for (i, pickle) in seed.pickles.enumerated() {
        bytes +=
          i == changed ? mutators[i].mutation(using: &random) : pickle.flatMap(\.bytes)
      }
      return WeightsReader.reads(bytes + seed.storages)
    }
    #expect(fuzzer.accepted > 0)
  }
}
