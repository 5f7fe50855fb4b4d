import ConvolutionalNetworks
import NaturalExamples
import PictureFiles

/// A unit's row of a sheet: the drawn picture or what is known of the unit, and the best pictures.
struct ExampleRow {
  /// The side of a cell in pixels; a line of text has 18 letters in it.
  static let side = 112

  let pictures: [Tensor]
  let captions: [String]

  /// - Parameters:
  ///   - unit: with as many best pictures as there are cells, or fewer.
  ///   - title: what people call the unit.
  ///   - count: the cells for best pictures.
  ///   - whole: whether pictures are shown as a whole.
  ///   - drawn: the picture in front, `[1, H, W, C]`.
  init(
    of unit: UnitExamples, titled title: String, count: Int, from source: ExamplePictures,
    whole: Bool, drawn: Tensor?
  ) {
    var pictures = [
      drawn.map { Self.fitted($0, to: max($0.shape[1], $0.shape[2])) } ?? Self.figures(of: unit)
    ]
    var captions = [title]
    // Patches at a picture's edge are smaller, and stay so beside others.
    let largest = unit.best.reduce(1) { max($0, $1.field.rows.count, $1.field.columns.count) }
    for (place, example) in unit.best.enumerated() {
      if let picture = source.picture(named: example.name) {
        let shown = whole ? picture : picture.cropped(to: example.field)
        pictures.append(
          Self.fitted(shown, to: whole ? max(shown.shape[1], shown.shape[2]) : largest))
      } else {
        pictures.append(Self.paper)
      }
      captions.append("\(example.value.short) q\(Self.share(unit.share(ofBest: place)))")
    }
    let missing = max(0, count + 1 - pictures.count)
    self.pictures = pictures + Array(repeating: Self.paper, count: missing)
    self.captions = captions + Array(repeating: "", count: missing)
  }

  /// A row with a drawn picture alone, `[1, H, W, C]`.
  init(drawn: Tensor, titled title: String, count: Int) {
    pictures =
      [Self.fitted(drawn, to: max(drawn.shape[1], drawn.shape[2]))]
      + Array(repeating: Self.paper, count: count)
    captions = [title] + Array(repeating: "", count: count)
  }

  private static let paper = Tensor(shape: [1, side, side, 1], repeating: 1)

  /// The mean and some quantiles of the unit's maxima.
  private static func figures(of unit: UnitExamples) -> Tensor {
    let quantiles = unit.maxima.quantiles([0.5, 0.9, 0.99]) ?? []
    let lines =
      ["mean \(Float(unit.mean).short)"]
      + zip(["50 %", "90 %", "99 %"], quantiles).map { "\($0) \($1.short)" }
    return TextPicture(lines, height: side, width: side).picture
  }

  /// A picture scaled so that `extent` pixels fill a cell.
  private static func fitted(_ picture: Tensor, to extent: Int) -> Tensor {
    func scaled(_ length: Int) -> Int { min(max(1, length * side / max(1, extent)), side) }
    return picture.resized(height: scaled(picture.shape[1]), width: scaled(picture.shape[2]))
  }

  /// A share with as many nines as tell it from 1.
  private static func share(_ share: Double) -> String {
    guard share < 1 else { return "1" }
    let digits = share < 0.99 ? 2 : share < 0.999 ? 3 : share < 0.99995 ? 4 : 6
    return String(share.fixed(digits).drop { $0 == "0" })
  }
}
