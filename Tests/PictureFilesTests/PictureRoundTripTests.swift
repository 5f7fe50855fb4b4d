import ConvolutionalNetworks
import Foundation
import PictureFiles
import Testing

@Suite("A picture written and read again")
struct PictureRoundTripTests {
  /// Protects the order of rows, columns and channels, odd sizes, and the 256 levels.
  @Test("is the same in a PNG", arguments: [(1, 1), (1, 7), (5, 3), (45, 67)])
  func png(height: Int, width: Int) throws {
    let folder = try TemporaryFolder()
    let picture = SamplePicture.gradient(height: height, width: width)
    let file = PictureFile(folder.file("a.png"))
    try file.write(picture)
    #expect(try file.read() == picture)
    try file.write(picture.reshaped(to: [height, width, 3]))
    #expect(try file.read() == picture)
  }

  /// Protects opacities: what is read is the picture over white.
  @Test(arguments: [1, 3]) func opacityIsKeptInAPNG(colors: Int) throws {
    let folder = try TemporaryFolder()
    let file = PictureFile(folder.file("a.png"))
    let count = 8 * 16
    var (elements, opacities, overWhite): ([Float], [Float], [Float]) = ([], [], [])
    for pixel in 0..<count {
      let opacity = Float(pixel) / 127
      for channel in 0..<colors {
        let color = Float((pixel * 37 + channel * 91) % 256) / 255
        elements.append(color)
        overWhite.append(opacity * color + 1 - opacity)
      }
      opacities.append(opacity)
    }
    try file.write(
      Tensor(shape: [8, 16, colors], elements: elements),
      opacity: Tensor(shape: [1, 8, 16, 1], elements: opacities))
    let expected = Tensor(shape: [1, 8, 16, colors], elements: overWhite)
    #expect(try file.read(colors == 3 ? .rgb : .gray).largestDifference(from: expected) < 0.005)
  }

  /// Protects the luminance weights, and that equal channels give exactly their common value.
  @Test func grayIsExactInAPNG() throws {
    let folder = try TemporaryFolder()
    let file = PictureFile(folder.file("a.png"))
    let levels = Tensor(shape: [16, 16, 1], elements: (0..<256).map { Float($0) / 255 })
    try file.write(levels)
    #expect(try file.read(.gray) == levels.reshaped(to: [1, 16, 16, 1]))
    try file.write(Tensor(shape: [1, 1, 3], elements: [1, 0, 0]))
    #expect(try file.read(.gray).elements == [0.299])
  }

  /// Protects against a JPEG with swapped channels or an ignored quality.
  @Test("is close in a JPEG", arguments: ["jpg", "JPEG"])
  func jpeg(fileExtension: String) throws {
    let folder = try TemporaryFolder()
    let picture = SamplePicture.gradient(height: 45, width: 67)
    let file = PictureFile(folder.file("a.\(fileExtension)"))
    try file.write(picture, quality: 95)
    #expect(try file.read().largestDifference(from: picture) < 0.03)
    let size = try Data(contentsOf: file.url).count
    try file.write(picture, quality: 20)
    #expect(try Data(contentsOf: file.url).count < size)
    #expect(try file.read().largestDifference(from: picture) < 0.2)
  }

  /// Protects clamping and rounding to the nearest level.
  @Test func valuesAreClampedAndRounded() throws {
    let folder = try TemporaryFolder()
    let file = PictureFile(folder.file("a.png"))
    let elements: [Float] = [-.infinity, -0.1, 0.49 / 255, 0.51 / 255, 1.5, .infinity]
    try file.write(Tensor(shape: [1, 2, 3], elements: elements))
    #expect(try file.read().elements == [0, 0, 0, 1 / 255, 1, 1])
  }

  /// Protects the same bytes for the same picture: the seed's promise ends in a file.
  @Test(arguments: ["png", "jpg"]) func bytesAreReproducible(fileExtension: String) throws {
    let one = try SamplePicture.bytes(height: 31, width: 33, fileExtension: fileExtension)
    #expect(try SamplePicture.bytes(height: 31, width: 33, fileExtension: fileExtension) == one)
  }

  /// Protects against state shared between decodings: messages of libgd belong to one of them.
  @Test func concurrentReadingsDoNotDisturbEachOther() async throws {
    let folder = try TemporaryFolder()
    let picture = SamplePicture.gradient(height: 32, width: 32)
    let good = PictureFile(folder.file("good.png"))
    try good.write(picture)
    // Without the end mark of the scan libjpeg warns, which counts as an error.
    let jpeg = try SamplePicture.bytes(height: 32, width: 32, fileExtension: "jpg")
    let bad = PictureFile(
      try folder.file("bad.jpg", holding: jpeg.dropLast(jpeg.count / 3) + [0xFF, 0xD9]))
    await withTaskGroup { group in
      for i in 0..<64 {
        group.addTask {
          if i.isMultiple(of: 2) {
            #expect(throws: Never.self) { try good.read() }
          } else {
            #expect(throws: PictureFileError.self) { try bad.read() }
          }
        }
      }
    }
  }
}
