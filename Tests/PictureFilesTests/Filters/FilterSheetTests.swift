import ConvolutionalNetworks
import PictureFiles
import Testing

/// Protects pictures of weights: each unit in its own scale about grey, in the right colours, at the right places.
@Suite("Sheets of weights") struct FilterSheetTests {
  /// `[2, 2, 2, 3]`: the first unit ten times as large as the second.
  private let weights = Tensor(
    shape: [2, 2, 2, 3],
    elements: [4, 0, -4, 2, 1, 0, 0, 0, 0, -1, -2, -3].flatMap { [$0 * 10] }
      + [0.4, 0, -0.4, 0.2, 0.1, 0, 0, 0, 0, -0.1, -0.2, -0.3])

  @Test func colors() {
    let sheet = FilterSheet(weights, colors: [0, 1, 2])
    #expect(sheet.pictures.map(\.count) == [1, 1] && sheet.names == ["0", "1"])
    let first = sheet.pictures[0][0]
    #expect(first.shape == [2, 2, 3])
    #expect(
      first.elements == [1, 0.5, 0, 0.75, 0.625, 0.5, 0.5, 0.5, 0.5, 0.375, 0.25, 0.125])
    #expect(zip(first.elements, sheet.pictures[1][0].elements).allSatisfy { abs($0 - $1) < 1e-6 })
    let turned = FilterSheet(weights, colors: [2, 1, 0]).pictures[0][0]
    #expect(turned.elements.prefix(3) == [0, 0.5, 1])
    // Weights are enlarged to squares of 30 pixels.
    let picture = sheet.picture
    #expect(picture.shape == [1, 77, 126, 3])
    #expect(picture[0, 29, 29, 0] == 1 && picture[0, 29, 30, 0] == 0.75)
    #expect(picture[0, 30, 29, 0] == 0.5)
  }

  /// Protects inputs that are no colours: a picture in grey for each, a row for each unit.
  @Test func inputs() {
    let sheet = FilterSheet(weights, names: ["a", "b"])
    #expect(sheet.pictures.map(\.count) == [3, 3])
    #expect(sheet.pictures[0][2].elements == [0, 0.5, 0.5, 0.125])
    #expect(sheet.picture.shape == [1, 2 * 77 + 6, 3 * 60 + 2 * 6, 3])
  }

  /// Protects weights over one axis: a row for each input.
  @Test func signals() {
    let sheet = FilterSheet(Tensor(shape: [1, 3, 2], elements: [1, -1, 0.5, 0, 0, 1]))
    #expect(sheet.pictures[0].map(\.shape) == [[2, 3, 1]])
    #expect(sheet.pictures[0][0].elements == [1, 0.75, 0.5, 0, 0.5, 1])
  }

  /// Protects a unit without weights from a division by 0.
  @Test func zeros() {
    let sheet = FilterSheet(Tensor(shape: [1, 3, 3, 1]))
    #expect(Set(sheet.pictures[0][0].elements) == [0.5])
  }
}
