internal import ConvolutionalNetworks
internal import Foundation

/// White paper that charts are drawn on as lines and text, which stay sharp at any size: Scalable Vector Graphics 1.1,
/// https://www.w3.org/TR/SVG11/.
struct SVGCanvas: ChartSurface {
  private let height: Int
  private let width: Int
  private var elements: [String] = []

  init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

  /// The whole document.
  var document: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
    font-family="Helvetica, Arial, sans-serif" font-size="11">
    <rect width="\(width)" height="\(height)" fill="#ffffff"/>
    \(elements.joined(separator: "\n"))
    </svg>

    """
  }

  mutating func stroke(
    _ points: [(x: Double, y: Double)], _ color: InputChannel.Color, width stroke: Double
  ) {
    guard let first = points.first else { return }
    guard points.count > 1 else {
      elements.append(
        """
        <circle cx="\(Self.number(first.x))" cy="\(Self.number(first.y))" r="\(Self.number(stroke / 2))" \
        fill="\(Self.hex(color))"/>
        """)
      return
    }
    let line = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    elements.append(
      """
      <polyline fill="none" stroke="\(Self.hex(color))" stroke-width="\(Self.number(stroke))" \
      stroke-linejoin="round" stroke-linecap="round" points="\(line)"/>
      """)
  }

  mutating func fill(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ color: InputChannel.Color
  ) {
    elements.append(
      """
      <rect x="\(Self.number(x.lowerBound))" y="\(Self.number(y.lowerBound))" \
      width="\(Self.number(x.upperBound - x.lowerBound))" \
      height="\(Self.number(y.upperBound - y.lowerBound))" fill="\(Self.hex(color))"/>
      """)
  }

  mutating func write(
    _ text: String, x: Int, y: Int, _ alignment: ChartAlignment, _ color: InputChannel.Color
  ) {
    guard !text.isEmpty else { return }
    let anchor =
      switch alignment {
      case .left: "start"
      case .middle: "middle"
      case .right: "end"
      }
    elements.append(
      """
      <text x="\(x)" y="\(y + 4)" text-anchor="\(anchor)" fill="\(Self.hex(color))">\(Self.escaped(text))</text>
      """)
  }

  /// Shows pixels as they are, row by row from the top left corner.
  mutating func show(_ picture: Tensor) {
    guard let image = GDImage(picture.reshaped(to: Array(picture.shape.suffix(3)))),
      let bytes = try? image.encoded(as: .png, quality: 0)
    else { return }
    elements.append(
      """
      <image width="\(width)" height="\(height)" preserveAspectRatio="none" image-rendering="pixelated" \
      href="data:image/png;base64,\(Data(bytes).base64EncodedString())"/>
      """)
  }

  /// Text that ends no element, and that XML allows.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case _
      where scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
        || scalar.properties.isNoncharacterCodePoint:
        result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// With two digits after the point, whatever the locale.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((min(max(value, -1e9), 1e9) * 100).rounded())
    guard hundredths % 100 != 0 else { return "\(hundredths / 100)" }
    let digits = "\(hundredths.magnitude % 100 + 100)".dropFirst()
    return "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100).\(digits)"
  }

  private static func hex(_ color: InputChannel.Color) -> String {
    "#"
      + [color.red, color.green, color.blue].map { level in
        String(String(GDPixel.byte(level) + 256, radix: 16).suffix(2))
      }.joined()
  }
}
