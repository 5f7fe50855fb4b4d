import ConvolutionalNetworks
import Foundation
import Testing

@testable import PictureFiles

/// Protects time and memory from small files of great pictures.
@Suite("Pictures that cost more than they should")
struct CostlyPictureTests {
  private func error(of bytes: [UInt8], _ limits: ReadingLimits = PictureFile.standardLimits)
    -> PictureFileError?
  {
    #expect(throws: PictureFileError.self) {
      try PictureFile.picture(in: bytes, of: "x", limits: limits)
    }
  }

  /// A progressive JPEG that says it has so many pixels and scans; nothing of it can be decoded.
  private func jpeg(side: Int, scans: Int) -> [UInt8] {
    let extent = [UInt8(side >> 8), UInt8(side & 0xFF)]
    let frame = [0xFF, 0xC2, 0, 11, 8] + extent + extent + [1, 1, 0x11, 0]
    let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 7, 8]
    return [0xFF, 0xD8] + frame + Array(repeating: scan, count: scans).flatMap { $0 } + [
      0xFF, 0xD9,
    ]
  }

  /// A thousand scans of 64 Mi pixels took half a minute.
  @Test func `scans of a JPEG`() throws {
    guard case .exceedsLimits(_, let reason)? = error(of: jpeg(side: 4_096, scans: 17)) else {
      Issue.record("17 scans of 16 Mi pixels are read")
      return
    }
    #expect(reason.contains("17 scans"))
    // Few, or of a small picture, are left to the decoder, which finds no picture in these.
    for (side, scans) in [(4_000, 16), (64, 1_000)] {
      guard case .damaged? = error(of: jpeg(side: side, scans: scans)) else {
        Issue.record("\(scans) scans of \(side) × \(side)")
        return
      }
    }
  }

  @Test func `memory of a picture`() throws {
    let bytes = try SamplePicture.bytes(height: 100, width: 100, fileExtension: "png")
    let narrow = ReadingLimits(baseMemory: 100_000, memoryPerByte: 0)
    guard case .exceedsLimits(_, let reason)? = error(of: bytes, narrow) else {
      Issue.record("160 kB fit in 100 kB")
      return
    }
    #expect(reason.contains("160 kB") && reason.contains("100 kB"))
    let enough = ReadingLimits(baseMemory: 160_000, memoryPerByte: 0)
    #expect(try PictureFile.picture(in: bytes, of: "x", limits: enough).shape == [1, 100, 100, 3])
  }

  /// Protects against waiting for the writer of a pipe.
  @Test func `a pipe`() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("pipe.png")
    try #require(mkfifo(url.path, 0o600) == 0)
    let error = #expect(throws: PictureFileError.self) { try PictureFile(url).read() }
    #expect("\(error!)".contains("pipe"))
  }
}
