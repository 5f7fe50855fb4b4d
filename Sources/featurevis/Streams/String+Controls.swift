extension String {
  /// The text with control characters shown as their numbers, `\u{1B}`, line breaks too.
  ///
  /// Names come from files: an escape sequence could repaint the terminal, and a mark of writing direction could make
  /// a name read as another.
  var escapingControls: String { escapingControls(except: []) }

  /// The text with control characters shown as their numbers, but for those of `kept`.
  func escapingControls(except kept: Set<Unicode.Scalar>) -> String {
    guard unicodeScalars.contains(where: { $0.isControl && !kept.contains($0) }) else {
      return self
    }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isControl, !kept.contains(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether it does something to a terminal or a line instead of standing for a sign.
  var isControl: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
