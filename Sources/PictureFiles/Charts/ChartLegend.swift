internal import ConvolutionalNetworks

/// The names of curves beside their colours, in rows above a chart.
struct ChartLegend {
  /// Each name once, in the order in which they come.
  private let names: [String]
  private let width: Int

  /// Names beyond are counted, and not named.
  private static let mostNames = 24
  private static let longestName = 32

  /// - Parameter names: those of all curves; one alone needs no legend.
  init(_ names: [String], width: Int) {
    var seen: Set<String> = []
    self.names = names.filter { seen.insert($0).inserted }
    self.width = width
  }

  /// Colours that people who see few colours tell apart, too, and that can be seen on white: those of Tableau, darkened
  /// where they are light.
  private static let colors: [InputChannel.Color] = [
    0x1F5C9E, 0xD9660A, 0x2B8A2B, 0xC12525, 0x7E55A8, 0x7A4A3F, 0xC954A5, 0x5F5F5F, 0x8F8F12,
    0x0F93A6,
  ].map { (color: Int) in
    InputChannel.Color(
      red: Float(color >> 16 & 255) / 255, green: Float(color >> 8 & 255) / 255,
      blue: Float(color & 255) / 255)
  }

  func color(of name: String) -> InputChannel.Color {
    Self.colors[(names.firstIndex(of: name) ?? 0) % Self.colors.count]
  }

  /// The rows of pixels that it takes; 4 of paper where it is not drawn.
  var height: Int { names.count < 2 ? 4 : rows.count * Caption.height + 6 }

  private struct Entry {
    let text: String
    let color: InputChannel.Color?
    var extent: Int { Caption.width(of: text.count) + 36 }
  }

  private var rows: [[Entry]] {
    var entries = names.prefix(Self.mostNames).map {
      Entry(text: Self.shortened($0, letters: Self.longestName), color: color(of: $0))
    }
    if names.count > entries.count {
      entries.append(Entry(text: "and \(names.count - entries.count) more", color: nil))
    }
    var (rows, room) = ([[Entry]](), 0)
    for entry in entries {
      if entry.extent > room {
        rows.append([])
        room = width - 12
      }
      rows[rows.count - 1].append(entry)
      room -= entry.extent
    }
    return rows
  }

  func draw(on canvas: inout some ChartSurface) {
    guard names.count > 1 else { return }
    for (number, row) in rows.enumerated() {
      let y = number * Caption.height + Caption.height / 2 + 3
      var x = 12
      for entry in row {
        if let color = entry.color {
          canvas.fill(
            x: Double(x)...Double(x + 14), y: (Double(y) - 1.5)...(Double(y) + 1.5), color)
        }
        canvas.write(entry.text, x: x + 19, y: y, .left)
        x += entry.extent
      }
    }
  }

  /// A text of so many letters at most, with dots where it is longer.
  static func shortened(_ text: String, letters: Int) -> String {
    guard text.count > letters else { return text }
    return String(text.prefix(max(letters - 2, 0))) + "..".prefix(max(letters, 0))
  }
}
