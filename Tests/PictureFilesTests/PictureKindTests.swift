import ConvolutionalNetworks
import Foundation
import PictureFiles
import Testing

/// The files were written by Pillow 13, from the numbers in each test.
@Suite("Pictures of every kind of pixel")
struct PictureKindTests {
  /// Protects grey files of 8, 16 and 1 bit.
  @Test func gray() throws {
    let eight = """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAEElEQVR4nGNkMDZmmHnmPwAGowLM1hIFRgAAAABJRU5ErkJggg==
      """
    let levels: [Float] = [0, 0.2, 0.4, 0.6, 0.8, 1]
    #expect(try read(eight, .gray) == Tensor(shape: [1, 2, 3, 1], elements: levels))
    #expect(
      try read(eight) == Tensor(shape: [1, 2, 3, 3], elements: levels.flatMap { [$0, $0, $0] }))

    // 0, 3300, FF00, FFFF: the upper byte counts.
    let sixteen = """
      iVBORw0KGgoAAAANSUhEUgAAAAQAAAABEAAAAACMx4xSAAAAEUlEQVR4nGNgYDBm+M/w/z8ACDQDMfN8kqIAAAAASUVORK5CYII=
      """
    #expect(try read(sixteen, .gray).elements == [0, 0.2, 1, 1])

    let one = """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNgYHgAAADkAOGrztgkAAAAAElFTkSuQmCC
      """
    #expect(try read(one, .gray).elements == [0, 0, 0, 1, 1, 1])

    let jpeg = try read(grayJPEG)
    #expect(jpeg == Tensor(shape: [1, 8, 8, 3], repeating: 0.4))
  }

  /// Protects palettes: red, green, blue, (10, 20, 30), red, green.
  @Test func palette() throws {
    let file = """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAADFBMVEX/AAAA/wAAAP8KFB4iiCkEAAAADElEQVR4nGOQYDgCAAEQAN0R5Q8iAAAAAElFTkSuQmCC
      """
    let last: [Float] = [10.0 / 255, 20.0 / 255, 30.0 / 255]
    #expect(
      try read(file).elements == [1, 0, 0, 0, 1, 0, 0, 0, 1] + last + [1, 0, 0, 0, 1, 0])
  }

  /// Protects what is behind transparency, of every kind PNG has: white.
  @Test func transparencyLiesOverWhite() throws {
    // (200, 100, 50) opaque, transparent and half of each.
    let alpha = try read(
      """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAYAAAAb4BS0AAAAFUlEQVR4nGM8kWL0n4GBgZGBgaEBABk2AuBn5YvwAAAAAElFTkSuQmCC
      """)
    let color: [Float] = [200.0 / 255, 100.0 / 255, 50.0 / 255]
    #expect(Array(alpha.elements[..<6]) == color + [1, 1, 1])
    for (mixed, pure) in zip(alpha.elements[6...], color) {
      #expect(abs(mixed - (1 + pure) / 2) < 0.005)
    }

    // A palette whose colour 1 is half, 2 wholly transparent.
    let palette = try read(
      """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAADFBMVEX/AAAA/wAAAP8KFB4iiCkEAAAABHRSTlP/gAD/oaGUZgAAAAxJREFUeJxjkGA4AgABEADdEeUPIgAAAABJRU5ErkJggg==
      """)
    #expect(
      palette.largestDifference(
        from: Tensor(
          shape: [1, 2, 3, 3],
          elements: [1, 0, 0, 0.5, 1, 0.5, 1, 1, 1]
            + [10.0 / 255, 20.0 / 255, 30.0 / 255, 1, 0, 0, 0.5, 1, 0.5])) < 0.005)

    // (200, 100, 50), and (1, 2, 3) which the file declares transparent.
    let key = try read(
      """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAABnRSTlMAAQACAAPJS6v1AAAAD0lEQVR4nGM4kWLEyMQMAAd9AWWyXX+aAAAAAElFTkSuQmCC
      """)
    #expect(key.elements == color + [1, 1, 1])

    // Grey 200 with opaque, transparent and half alpha.
    let gray = try read(
      "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAQAAACx6dw/AAAAD0lEQVR4nGM88Z+BkaEBAAo8Akq8j1p9AAAAAElFTkSuQmCC",
      .gray)
    #expect(Array(gray.elements[..<2]) == [200.0 / 255, 1])
    #expect(abs(gray.elements[2] - (200.0 / 255 + 1) / 2) < 0.005)
  }

  /// Protects printers' JPEGs, cyan, magenta, yellow and black: red upper left, blue lower left, white on the right.
  @Test func printedColors() throws {
    let picture = try read(printedJPEG)
    #expect(picture.shape == [1, 16, 16, 3])
    for (row, column, color) in [(2, 2, [1, 0, 0]), (12, 2, [0, 0, 1]), (2, 12, [1, 1, 1])]
      as [(Int, Int, [Float])]
    {
      for channel in 0..<3 {
        #expect(abs(picture[0, row, column, channel] - color[channel]) < 0.02)
      }
    }
  }

  private func read(
    _ base64: String, _ channels: PictureFile.Channels = .rgb
  ) throws -> Tensor {
    let folder = try TemporaryFolder()
    let data = try #require(Data(base64Encoded: base64))
    return try PictureFile(folder.file("a", holding: [UInt8](data))).read(channels)
  }

  /// 8 × 8 pixels of grey 102.
  private let grayJPEG = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMU\
    FRUVDA8XGBYUGBIUFRT/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF\
    BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW\
    V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi\
    4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APOq/9k=
    """

  /// 16 × 16 pixels of four channels.
  private let printedJPEG = """
    /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8\
    AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNR\
    YQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlp\
    eYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9/K/n/r+f+v38or+/\
    yv7/ACiv4A6/gDoor+/yv7/KKK//2Q==
    """
}
