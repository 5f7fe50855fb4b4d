import ConvolutionalNetworks
import PictureFiles

/// What a contact sheet of drawings shows: a picture each, or what it was before beside it, in rows of recipes.
struct SheetCells {
  private var pictures: [Tensor] = []
  private var captions: [String] = []
  /// Whether each picture has the one it began with beside it.
  let showsBefore: Bool
  /// The pictures of a row where each recipe has one; `nil` for a sheet that is about square.
  let rowLength: Int?
  /// The cells of a row that shows a folder's pictures, too.
  private var exampleRowLength: Int?

  init(showsBefore: Bool, rowLength: Int?) {
    (self.showsBefore, self.rowLength) = (showsBefore, rowLength)
  }

  var isEmpty: Bool { pictures.isEmpty }

  /// Adds a picture, with the one that its run began with.
  mutating func add(_ picture: Tensor, before: Tensor?, caption: String) {
    if showsBefore {
      pictures.append(before ?? picture)
      captions.append("before")
    }
    pictures.append(picture)
    captions.append(caption)
  }

  /// Adds a row of a picture and the best of a folder's, as long as any other.
  mutating func add(_ row: ExampleRow) {
    pictures += row.pictures
    captions += row.captions
    exampleRowLength = row.pictures.count
  }

  /// Keeps the place of a picture that could not be drawn, so that columns stay what they are.
  mutating func addGap(height: Int, width: Int, caption: String) {
    let note = TextPicture(["not finite"], height: max(height, 1), width: max(width, 1)).picture
    add(note, before: note, caption: caption)
  }

  /// - Precondition: there is a picture.
  var sheet: ContactSheet { ContactSheet(shown, captions: captions, columns: columns) }

  /// The pictures, those of recipes that draw smaller ones enlarged, so that they can be compared.
  private var shown: [Tensor] {
    guard rowLength != nil else { return pictures }
    let height = pictures.map { $0.shape[1] }.max() ?? 1
    let width = pictures.map { $0.shape[2] }.max() ?? 1
    return pictures.map { picture in
      let (own, across) = (picture.shape[1], picture.shape[2])
      let scale = min(Double(height) / Double(own), Double(width) / Double(across))
      return picture.resized(
        height: max(1, Int((Double(own) * scale).rounded())),
        width: max(1, Int((Double(across) * scale).rounded())))
    }
  }

  private var columns: Int? {
    if let exampleRowLength { return exampleRowLength }
    if let rowLength { return rowLength * (showsBefore ? 2 : 1) }
    guard showsBefore else { return nil }
    // Pairs stay side by side, in about as many columns as rows.
    return 2 * max(1, Int((Double(pictures.count) / 4).squareRoot().rounded(.up)))
  }
}
