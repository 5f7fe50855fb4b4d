import ConvolutionalNetworks
import PictureFiles
import Testing

@Suite("A contact sheet")
struct ContactSheetTests {
  /// Protects reading order, gap, background, and the empty places of the last row.
  @Test func tilesInReadingOrder() {
    let pictures = (1...3).map { Tensor(shape: [1, 1, 1], repeating: Float($0) / 10) }
    let sheet = ContactSheet(pictures, columns: 2, gap: 1, background: 0.9).picture
    #expect(sheet.shape == [1, 3, 3, 3])
    let red = stride(from: 0, to: sheet.count, by: 3).map { sheet.elements[$0] }
    #expect(red == [0.1, 0.9, 0.2, 0.9, 0.9, 0.9, 0.3, 0.9, 0.9])
  }

  /// Protects the default shape: about square, a little wider where that fills the last row.
  @Test(arguments: [(1, 1), (3, 2), (4, 2), (6, 3), (7, 3), (23, 5), (24, 6), (25, 5), (64, 8)])
  func columns(count: Int, columns: Int) {
    let pictures = (0..<count).map { _ in Tensor(shape: [1, 1, 1]) }
    #expect(ContactSheet(pictures).columns == columns)
  }

  /// Protects batches, which count as their pictures, and colours next to grey ones.
  @Test func batchesAndChannels() {
    let batch = Tensor(shape: [2, 1, 1, 3], elements: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    let sheet = ContactSheet(
      [batch, Tensor(shape: [1, 1, 1], repeating: 0.7)], columns: 3, gap: 0)
    #expect(
      sheet.picture
        == Tensor(
          shape: [1, 1, 3, 3], elements: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.7, 0.7]))
  }

  /// Protects pictures of different sizes: each in the middle of a cell as large as the largest.
  @Test func smallerPicturesAreCentred() {
    let sheet = ContactSheet(
      [Tensor(shape: [3, 1, 1]), Tensor(shape: [1, 3, 1])], columns: 2, gap: 0)
    let red = stride(from: 0, to: sheet.picture.count, by: 3).map { sheet.picture.elements[$0] }
    #expect(
      red == [
        1, 0, 1, 1, 1, 1,
        1, 0, 1, 0, 0, 0,
        1, 0, 1, 1, 1, 1,
      ])
  }

  /// Protects captions: a line of ink below each picture that has one, dark on light and light on dark.
  @Test func captions() {
    let picture = Tensor(shape: [8, 60, 1], repeating: 0.5)
    for (background, ink): (Float, Float) in [(1, 0), (0, 1)] {
      let sheet = ContactSheet(
        [picture, picture, picture], captions: ["ibex", "élan"], columns: 3, gap: 2,
        background: background
      ).picture
      #expect(sheet.shape == [1, 8 + 17, 3 * 60 + 2 * 2, 3])
      func inked(_ columns: Range<Int>) -> [Int] {
        (8..<25).flatMap { y in columns.map { (y * sheet.shape[2] + $0) * 3 } }
          .filter { sheet.elements[$0] == ink }.map { $0 % (sheet.shape[2] * 3) }
      }
      #expect(inked(0..<60).count > 20 && inked(62..<122).count > 20)
      #expect(inked(124..<184).isEmpty)
    }
  }

  /// Protects neighbours from long captions, and accents from vanishing: letters are ASCII in libgd's font.
  @Test func captionsAreCutAndPlain() {
    func sheet(_ caption: String) -> Tensor {
      ContactSheet([Tensor(shape: [2, 40, 1])], captions: [caption]).picture
    }
    #expect(sheet("a caption that is far too long") == sheet("a ca.."))
    #expect(sheet("été") == sheet("ete"))
    #expect(sheet("ete") != sheet("eta"))
  }
}

@Suite("A text picture")
struct TextPictureTests {
  /// Protects figures beside pictures: ink on each line in order, in the middle, and none beyond the picture.
  @Test func lines() {
    let text = TextPicture(["one", "two"], height: 50, width: 60).picture
    #expect(text.shape == [1, 50, 60, 1])
    let dark = (0..<50).filter { y in (0..<60).contains { text[0, y, $0, 0] < 0.5 } }
    #expect((dark.min() ?? 0) >= 8 && (dark.max() ?? 50) < 42)
    #expect(dark.contains { $0 < 25 } && dark.contains { $0 >= 25 })
    #expect(
      TextPicture(["a", "b"], height: 17, width: 60).picture
        == TextPicture(["a"], height: 17, width: 60).picture)
    #expect(TextPicture(["a"], height: 3, width: 4).picture.elements.allSatisfy { $0 == 1 })
  }
}
