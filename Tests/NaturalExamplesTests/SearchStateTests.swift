import FeatureVisualization
import Foundation
import NaturalExamples
import Testing

/// Protects long runs: one that is ended and resumed is what it would have been, and nothing else is taken for its state.
@Suite("The state of a search") struct SearchStateTests {
  private let folder: URL
  private var file: URL { folder.appendingPathComponent("state.json") }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("NaturalExamplesTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func search(
    layer: LayerID = "conv2", count: Int = 3, seed: UInt64 = 1
  ) throws -> NaturalExampleSearch {
    try NaturalExampleSearch(SampleSearch.network(seed: seed), layer: layer, count: count, batch: 4)
  }

  private var names: [String] { (0..<40).map(SampleSearch.name) }

  private func feed(_ search: NaturalExampleSearch, _ indices: Range<Int>) throws {
    for index in indices {
      if index % 9 == 5 {
        search.skip(SampleSearch.name(index), because: "damaged")
      } else {
        try SampleSearch.feed(search, [index])
      }
    }
  }

  /// Protects the promise of --state: the same bytes and the same examples, wherever the run was ended.
  @Test(arguments: [1, 17, 40]) func resumedIsTheSame(after seen: Int) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try search()
    try feed(whole, 0..<40)
    try whole.save(to: file)
    let expected = try Data(contentsOf: file)

    let first = try search()
    try feed(first, 0..<seen)
    try first.save(to: file)
    // What it sees afterwards is lost with it.
    try feed(first, seen..<min(seen + 3, 40))
    let second = try search()
    try second.resume(from: file, names: names)
    #expect(second.seenCount == seen)
    try feed(second, seen..<40)
    try second.save(to: file)
    #expect(try Data(contentsOf: file) == expected)
    let (one, other) = (try whole.examples(), try second.examples())
    #expect(one.units.map(\.best) == other.units.map(\.best))
    #expect(one.units.map(\.mean) == other.units.map(\.mean))
    #expect(one.skipped == other.skipped && one.pictureCount == other.pictureCount)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["state.json"])
  }

  /// Protects results from states of something else.
  @Test func refusesOthers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let saved = try search()
    try feed(saved, 0..<10)
    try saved.save(to: file)
    func what(_ search: NaturalExampleSearch) -> String? {
      do throws(SearchStateError) {
        try search.resume(from: file, names: names)
        return nil
      } catch {
        guard case .other(_, let what, _, _) = error else { return "\(error)" }
        return what
      }
    }
    #expect(what(try search(seed: 2)) == "network")
    #expect(what(try search(layer: "relu1")) == "layer")
    #expect(what(try search(count: 4)) == "number of examples")
    let other = try NaturalExampleSearch(
      SampleSearch.network(), layer: "conv2", units: [1], count: 3)
    #expect(what(other) == "choice of units")
    #expect(what(try search()) == nil)
    for changed in [["new.png"] + names, Array(names.prefix(5))] {
      let search = try search()
      #expect(throws: SearchStateError.otherPictures(file: file.relativePath, seen: 10)) {
        try search.resume(from: file, names: changed)
      }
    }
  }

  /// Protects against files that are cut short, edited or no state: an error and no trap, at every damage.
  @Test func refusesDamage() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let saved = try search()
    try feed(saved, 0..<12)
    try saved.save(to: file)
    let text = try String(contentsOf: file, encoding: .utf8)
    var damaged = ["", "{}", "[1]", String(text.dropLast(9)), String(text.prefix(100))]
    for (old, new) in [
      ("natural-examples-1", "natural-examples-9"), ("\"seen\":12", "\"seen\":-1"),
      ("\"seen\":12", "\"seen\":2"), ("\"place\":", "\"place\":99"),
      ("\"skippedCount\":1", "\"skippedCount\":50"), ("\"value\":", "\"value\":-"),
      ("\"order\":", "\"order\":77"),
    ] {
      #expect(text.contains(old))
      damaged.append(text.replacingOccurrences(of: old, with: new))
    }
    for (number, text) in damaged.enumerated() {
      try Data(text.utf8).write(to: file)
      let search = try search()
      #expect(throws: SearchStateError.self, "\(number)") {
        try search.resume(from: file, names: names)
      }
      #expect(search.seenCount == 0)
    }
    try FileManager.default.removeItem(at: file)
    #expect(throws: SearchStateError.self) { try self.search().resume(from: file, names: names) }
    #expect(throws: SearchStateError.self) {
      try saved.save(to: folder.appendingPathComponent("none/state.json"))
    }
  }
}
