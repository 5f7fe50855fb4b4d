import FeatureVisualization
import Foundation
import Testing

@testable import Galleries

@Suite("Galleries that are stopped and gone on with") struct ResumeTests {
  @Test("A site is the same bytes, whatever the batch its units were drawn in")
  func batches() throws {
    let (alone, together) = (try SampleGallery(), try SampleGallery())
    try alone.finish(batch: 1)
    try together.finish(batch: 8)
    #expect(try alone.site == together.site)
    #expect(try alone.site.keys.filter { $0.hasSuffix(".png") }.count == 14)
  }

  @Test(
    "A unit that is done before others of its batch has the picture and the curve that it has alone"
  )
  func stoppingEarly() throws {
    let (alone, together) = (try SampleGallery(), try SampleGallery())
    for (sample, batch) in [(alone, 1), (together, 4)] {
      let preset = sample.preset.with(\.iterations, 30).with(\.stopping, .plateau(patience: 2))
      try sample.gallery().draw(by: GalleryDrawing(sample.network, preset: preset, batch: batch))
      try sample.merge()
    }
    #expect(try alone.site == together.site)
  }

  @Test("A finished gallery is not drawn again")
  func keepsFinished() throws {
    let sample = try SampleGallery()
    #expect(try sample.draw().drawn == 14)
    let journal = try Data(contentsOf: sample.journal)
    let again = try sample.draw()
    #expect(again.drawn == 0 && again.kept == 14 && again.remaining == 0)
    #expect(try Data(contentsOf: sample.journal) == journal)
  }

  /// What a killed worker can leave behind, by the moment of its death.
  enum Death: String, CaseIterable {
    case beforeTheFirstUnit, pictureWithoutLine, tornLine, lineWithoutPicture, damagedPicture
    case temporaryFile, planAlone, halfMerged
  }

  @Test(
    "After a death at any stage the site is that of an undisturbed run", arguments: Death.allCases)
  func goesOn(after death: Death) throws {
    let (undisturbed, sample) = (try SampleGallery(), try SampleGallery())
    try undisturbed.finish()
    try sample.draw()
    let lines = try String(contentsOf: sample.journal, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    func writeJournal(_ text: some StringProtocol) throws {
      try Data(text.utf8).write(to: sample.journal)
    }
    let picture = try #require(try sample.site.keys.filter { $0.hasSuffix(".png") }.sorted().last)
    var redrawn = 1
    switch death {
    case .beforeTheFirstUnit:
      try writeJournal("")
      redrawn = 14
    case .pictureWithoutLine: try writeJournal(lines.dropLast(2).joined(separator: "\n") + "\n")
    case .tornLine: try writeJournal(lines.joined(separator: "\n").dropLast(40))
    case .lineWithoutPicture: try FileManager.default.removeItem(at: sample.file(picture))
    case .damagedPicture: try Data("torn".utf8).write(to: sample.file(picture))
    case .temporaryFile:
      let folder = sample.file(picture).deletingLastPathComponent()
      try Data("half".utf8).write(to: folder.appending(path: ".3k9w2"))
      redrawn = 0
    case .planAlone:
      try FileManager.default.removeItem(at: sample.journal)
      try FileManager.default.removeItem(at: sample.file("pictures"))
      redrawn = 14
    case .halfMerged:
      try sample.merge()
      try FileManager.default.removeItem(at: sample.file("index.html"))
      try Data("old".utf8).write(to: sample.file("data/99-0.js"))
      redrawn = 0
    }
    #expect(try sample.draw().drawn == redrawn)
    try sample.merge()
    #expect(try sample.site == undisturbed.site)
  }

  @Test(
    "Lines of a journal that are torn or are none count for nothing, and the next line is whole")
  func tornLines() throws {
    let sample = try SampleGallery()
    try sample.draw()
    let text = try String(contentsOf: sample.journal, encoding: .utf8)
    let half = text.prefix(text.count / 2)
    try Data("nonsense\n{\"key\":1}\n\0\0\0\n\(half)".utf8).write(to: sample.journal)
    let summary = try sample.draw()
    #expect(summary.drawn > 0 && summary.drawn + summary.kept == 14)
    try sample.merge()
  }

  @Test("A run that is stopped writes what it has, and the next goes on")
  func stopped() throws {
    let (undisturbed, sample) = (try SampleGallery(), try SampleGallery())
    try undisturbed.finish()
    var steps = 0
    let first = try sample.gallery().draw(
      by: sample.drawing(batch: 2),
      while: {
        steps += 1
        return steps < 12
      })
    #expect(first.drawn > 0 && first.remaining > 0 && first.failures.isEmpty)
    #expect(first.drawn + first.remaining == 14)
    #expect(throws: GalleryError.self) { try sample.merge() }
    #expect(try sample.draw().kept == first.drawn)
    try sample.merge()
    #expect(try sample.site == undisturbed.site)
  }
}
