import ConvolutionalNetworks
import Foundation
import Testing

@testable import PictureFiles

@Suite("Animations in files") struct AnimationFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.file(name)))
  }

  /// The bytes of a file of these frames.
  private func written(
    _ frames: [AnimationFrame], to name: String, delay: Double = 0.1, loops: Int = 0
  ) throws -> [UInt8] {
    try AnimationFile(folder.file(name)).write(frames, delay: delay, loops: loops)
    return try bytes(name)
  }

  /// A disc in a colour on a ground of smooth colours, which moves from frame to frame.
  private func moving(_ count: Int, height: Int = 48, width: Int = 64) -> [AnimationFrame] {
    (0..<count).map { number in
      var picture = SamplePicture.gradient(height: height, width: width)
      for row in 0..<height {
        for column in 0..<width {
          let (y, x) = (row - height / 2, column - 10 - 6 * number)
          guard y * y + x * x < 100 else { continue }
          for (channel, level) in [Float(0.9), 0.2, 0.1 * Float(number)].enumerated() {
            picture[0, row, column, channel] = level
          }
        }
      }
      return AnimationFrame(picture)
    }
  }

  /// The frames of an animated PNG, put together as PNGs of their own, with what its chunks say.
  private func frames(ofPNG bytes: [UInt8]) throws -> (
    pictures: [Tensor], delays: [[Int]], loops: Int, sequence: [Int]
  ) {
    var (header, pixels, delays, loops, sequence) = (
      [UInt8](), [[UInt8]](), [[Int]](), -1, [Int]()
    )
    var offset = 8
    while offset < bytes.count {
      let chunk = try PNGChunk(in: bytes, at: offset)
      let contents = Array(bytes[chunk.contents])
      func number(_ place: Int, _ count: Int) -> Int {
        contents[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
      }
      switch chunk.name {
      case "IHDR": header = Array(bytes[chunk.extent])
      case "acTL": loops = number(4, 4)
      case "fcTL":
        sequence.append(number(0, 4))
        delays.append([number(20, 2), number(22, 2)])
        pixels.append([])
      case "IDAT": pixels[pixels.count - 1] += bytes[chunk.extent]
      case "fdAT":
        sequence.append(number(0, 4))
        pixels[pixels.count - 1] += PNGChunk.bytes("IDAT", Array(contents.dropFirst(4)))
      default: break
      }
      offset = chunk.extent.upperBound
    }
    let pictures = try pixels.map {
      try PictureFile.picture(
        in: Array(bytes.prefix(8)) + header + $0 + PNGChunk.bytes("IEND", []), of: "frame")
    }
    return (pictures, delays, loops, sequence)
  }

  /// Protects pictures of few colours: in a GIF they are what they were, frame by frame, each as long as it says.
  @Test func fewColors() throws {
    let frames = (0..<5).map { (number: Int) -> AnimationFrame in
      var picture = Tensor(shape: [6, 9, 3], repeating: 0.2)
      for row in 0..<6 { picture[row, number, 0] = 1 }
      return AnimationFrame(picture, seconds: number == 4 ? 1.5 : nil)
    }
    let gif = try GIFReader(try written(frames, to: "few.gif", delay: 0.25))
    #expect(gif.frames.map(\.hundredths) == [25, 25, 25, 25, 150])
    for (frame, original) in zip(gif.frames, frames) {
      #expect(frame.picture.largestDifference(from: original.picture) < 1e-6)
    }
  }

  /// Protects many colours: one palette for all frames, from which pictures are drawn so that their colours are right on the
  /// whole and near everywhere.
  @Test func manyColors() throws {
    let frames = moving(6)
    let gif = try GIFReader(try written(frames, to: "many.gif"))
    #expect(gif.frames.count == 6 && gif.palette.count == 256)
    for (frame, original) in zip(gif.frames, frames) {
      let wanted = original.picture.reshaped(to: [48, 64, 3])
      let differences = zip(frame.picture.elements, wanted.elements).map { $0 - $1 }
      let error = differences.reduce(0) { $0 + $1 * $1 } / Float(differences.count)
      // 30 dB between the brightest level and the error.
      #expect(error < 1e-3, "\(error)")
      for channel in 0..<3 {
        let channelDifferences = stride(from: channel, to: differences.count, by: 3)
          .map { differences[$0] }
        #expect(abs(channelDifferences.reduce(0, +)) / Float(channelDifferences.count) < 0.004)
      }
    }
  }

  /// Protects dithering: a ramp between two levels that the palette lacks has the right mean in every stretch of it.
  @Test func dithering() throws {
    let palette = AnimationPalette([SIMD3(0, 0, 0), SIMD3(255, 255, 255), SIMD3(255, 0, 0)])
    var dithering = PaletteDithering(palette)
    let ramp = Tensor(shape: [64, 256, 3]) { elements in
      for i in elements.indices { elements[i] = Float(i / 3 % 256) / 255 }
    }
    let places = dithering.indices(of: ramp)
    for block in 0..<8 {
      let columns = 32 * block..<32 * block + 32
      let shown = (0..<64).flatMap { row in columns.map { places[row * 256 + $0] } }
      #expect(!shown.contains(2), "grey is not made of red")
      let mean = Float(shown.count { $0 == 1 }) / Float(shown.count)
      #expect(abs(mean - (Float(columns.lowerBound) + 15.5) / 255) < 0.02)
    }
  }

  /// Protects clean letters: what is in the palette is drawn in it alone, whatever lies beside it.
  @Test func captionsStayClean() throws {
    var frames = moving(3)
    for index in frames.indices { frames[index].caption = "step \(index)" }
    let gif = try GIFReader(try written(frames, to: "captions.gif"))
    #expect(gif.height == 48 + Caption.height)
    for frame in gif.frames {
      let caption = frame.picture.cropped(to: MapRegion(rows: 48..<65, columns: 0..<64))
      #expect(Set(caption.elements) == [0, 1])
    }
    #expect(gif.frames[0].picture != gif.frames[1].picture)
  }

  /// Protects all colours of an animated PNG, and programs that show its first frame alone.
  @Test func animatedPNG() throws {
    let frames = moving(4)
    for name in ["run.png", "run.apng"] {
      let bytes = try written(frames, to: name, delay: 0.04, loops: 3)
      let read = try self.frames(ofPNG: bytes)
      #expect(read.pictures.count == 4)
      for (picture, frame) in zip(read.pictures, frames) {
        #expect(picture.largestDifference(from: frame.picture) < 0.6 / 255)
      }
      #expect(read.delays == Array(repeating: [4, 100], count: 4))
      #expect(read.loops == 3 && read.sequence == Array(0..<7))
    }
    let first = try PictureFile(folder.file("run.png")).read()
    #expect(first.largestDifference(from: frames[0].picture) < 0.6 / 255)
  }

  /// Protects how often a GIF is played: the format counts what comes after the first time.
  @Test(arguments: [(0, 0), (1, nil), (2, 1), (5, 4)] as [(Int, Int?)])
  func loops(asked: Int, repetitions: Int?) throws {
    let bytes = try written(moving(2), to: "loops.gif", loops: asked)
    #expect(try GIFReader(bytes).repetitions == repetitions)
  }

  /// Protects frames of several sizes and of grey, such as those of a pyramid: all become as large as the largest.
  @Test func sizes() throws {
    let frames = [
      AnimationFrame(Tensor(shape: [1, 4, 6, 1], repeating: 0.2)),
      AnimationFrame(Tensor(shape: [12, 8, 3], repeating: 0.6)),
    ]
    let gif = try GIFReader(try written(frames, to: "sizes.gif"))
    #expect(gif.height == 12 && gif.width == 8)
    #expect(gif.frames.map { Set($0.picture.elements) } == [[0.2], [0.6]])
  }

  /// Protects reproducibility: the same frames give the same bytes.
  @Test(arguments: ["a.gif", "a.png"]) func sameBytes(name: String) throws {
    let first = try written(moving(3), to: name)
    #expect(try written(moving(3), to: name) == first)
  }

  /// Protects delays from overflowing what the formats have room for, and from what browsers slow down.
  @Test(arguments: [(0, 2), (0.037, 4), (1e9, 65_500), (-.infinity, 2), (.nan, 2)])
  func delays(seconds: Double, hundredths: Int) throws {
    let bytes = try written(moving(1), to: "delay.gif", delay: seconds)
    #expect(try GIFReader(bytes).frames[0].hundredths == hundredths)
  }

  /// Protects what is there from animations that cannot be written: an error that names the rule, and nothing left behind.
  @Test func errors() throws {
    let good = AnimationFrame(Tensor(shape: [4, 4, 3], repeating: 0.5))
    var broken = good
    broken.picture[1, 2, 0] = .nan
    let cases: [(String, [AnimationFrame], String)] = [
      ("a.gif", [], "at least one frame"), ("a.jpg", [good], ".gif, .png, .apng"),
      ("a", [good], ".gif, .png, .apng"), ("a.gif", [good, broken], "row 1, column 2"),
      ("a.png", [good, AnimationFrame(Tensor(shape: [4, 4, 2]))], "[4, 4, 2]"),
      ("a.gif", [AnimationFrame(Tensor(shape: [1, 70_000, 1]))], "65535 a side"),
      ("missing/a.gif", [good], "No such file"),
    ]
    for (name, frames, words) in cases {
      do {
        try AnimationFile(folder.file(name)).write(frames)
        Issue.record("\(name) was written")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
    #expect(try folder.contents == [])
  }
}
