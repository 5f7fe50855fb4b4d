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
    #expect(ContactSheet(pictures).columns == 2)
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
}
