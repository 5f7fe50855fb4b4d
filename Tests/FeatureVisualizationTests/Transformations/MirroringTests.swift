import FeatureVisualization
import Testing

/// Frames show what they say, and mirroring turns the right axis round.
struct MirroringTests {
  private let line = PictureSize(height: 1, width: 4, channels: 1)
  private let square = PictureSize(height: 2, width: 3, channels: 1)

  @Test func `a mirror in the last pixel shows it once, one behind it twice`() {
    #expect(
      PicturePadding.padding(2, .mirrored).shown([1, 2, 3, 4], line) == [3, 2, 1, 2, 3, 4, 3, 2])
    #expect(
      PicturePadding.padding(2, .symmetric).shown([1, 2, 3, 4], line) == [2, 1, 1, 2, 3, 4, 4, 3])
  }

  @Test func `frames wider than the picture are mirrored again`() {
    let two = PictureSize(height: 1, width: 2, channels: 1)
    #expect(
      PicturePadding.padding(4, .mirrored).shown([1, 2], two) == [1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    #expect(
      PicturePadding.padding(4, .symmetric).shown([1, 2], two) == [1, 2, 2, 1, 1, 2, 2, 1, 1, 2])
  }

  @Test func `both axes are mirrored, and channels stay together`() {
    let size = PictureSize(height: 2, width: 2, channels: 2)
    let framed = PicturePadding.padding(1, .symmetric).shown([1, -1, 2, -2, 3, -3, 4, -4], size)
    let rows: [[Float]] = [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]
    #expect(framed == rows.flatMap { $0.flatMap { [$0, -$0] } })
  }

  @Test func `a frame of a random grey has one grey, evenly drawn`() throws {
    var grays: Set<Float> = []
    for seed in 0..<200 as Range<UInt64> {
      let framed = PicturePadding.padding(1, .randomGray).shown([2, 2, 2, 2], line, seed: seed)
      let gray = framed[0]
      #expect(framed == [gray, 2, 2, 2, 2, gray] && (0..<1).contains(gray))
      grays.insert(gray)
    }
    #expect(grays.count > 190 && grays.contains { $0 < 0.1 } && grays.contains { $0 > 0.9 })
    #expect(PicturePadding.padding(1, .randomGray).isRandom)
    #expect(!PicturePadding.padding(1, .mirrored).isRandom)
  }

  @Test func `a share of the side is one of each side`() throws {
    let padded = try #require(
      PicturePadding.padding(share: 0.25, .gray(0)).drawn(for: PictureSize(height: 8, width: 20)))
    #expect(padded.outputSize == PictureSize(height: 12, width: 30))
  }

  @Test func `flips turn their axis round, half of the time`() {
    let picture: [Float] = [1, 2, 3, 4, 5, 6]
    let all = (0..<400).map { Flip.flip.shown(picture, square, seed: UInt64($0)) }
    #expect(Set(all) == [picture, [3, 2, 1, 6, 5, 4]])
    #expect((160...240).contains(all.filter { $0 == picture }.count))
    #expect(
      Flip.flip(.vertical, probability: 1).shown(picture, square) == [4, 5, 6, 1, 2, 3])
    #expect(Flip.flip(.horizontal, probability: 0).shown(picture, square) == picture)
    #expect(!Flip(probability: 1).isRandom && Flip().isRandom)
  }
}
