import Foundation
import Testing

@testable import Galleries

@Suite("Galleries of several workers") struct ShardTests {
  @Test("Three shards, in any order, merge to the bytes of one process")
  func merge() throws {
    let (whole, parts) = (try SampleGallery(), try SampleGallery())
    try whole.finish()
    for number in [3, 1, 2] { try parts.draw(Shard(number, of: 3)!, batch: number) }
    try parts.merge()
    #expect(try whole.site == parts.site)
  }

  @Test("Another number of shards goes on with what was drawn by the first")
  func otherCount() throws {
    let sample = try SampleGallery()
    let first = try sample.draw(Shard(1, of: 2)!)
    let whole = try sample.draw()
    #expect(whole.kept == first.drawn && whole.drawn + whole.kept == 14)
  }

  @Test("A merge names the units that are missing")
  func incomplete() throws {
    let sample = try SampleGallery()
    try sample.draw(Shard(2, of: 2)!)
    let missing = sample.plan.units(of: Shard(1, of: 2)!)
    #expect(
      throws: GalleryError.incomplete(
        folder: sample.folder.relativePath, missing: missing, total: 14)
    ) {
      try sample.merge()
    }
  }

  @Test(
    "Two workers of one shard do not draw at once, those of different shards do; nobody merges meanwhile"
  )
  func locks() throws {
    let sample = try SampleGallery()
    let gallery = try sample.gallery()
    let first = try ShardWriter(Shard(1, of: 2)!, of: gallery)
    #expect { try sample.draw(Shard(1, of: 2)!) } throws: {
      "\($0)".contains("another command draws shard 1 of 2")
    }
    #expect(try sample.draw(Shard(2, of: 2)!).drawn == 7)
    #expect { try sample.merge() } throws: { "\($0)".contains("another command draws into it") }
    withExtendedLifetime(first) {}
  }

  @Test("A lock ends with its holder")
  func locksEnd() throws {
    let sample = try SampleGallery()
    let gallery = try sample.gallery()
    do { _ = try ShardWriter(.whole, of: gallery) }
    #expect(try sample.draw().drawn == 14)
    do {
      let merging = try FileLock(gallery.paths.drawingLock)
      #expect(throws: GalleryError.self) { try sample.draw() }
      withExtendedLifetime(merging) {}
    }
    try sample.merge()
  }
}
