import Foundation

extension Double {
  /// With so many digits after the point, whatever the locale.
  func fixed(_ digits: Int) -> String { isNaN ? "nan" : String(format: "%.\(digits)f", self) }
}

extension Float {
  /// With so many digits after the point, whatever the locale.
  func fixed(_ digits: Int) -> String { Double(self).fixed(digits) }

  /// With four significant digits, for logits and probabilities alike.
  var short: String { isNaN ? "nan" : String(format: "%.4g", Double(self)) }
}

extension Int {
  /// With a comma before every three digits.
  var grouped: String {
    let digits = Array(String(magnitude))
    let groups = digits.indices.map { place in
      place > 0 && (digits.count - place) % 3 == 0 ? ",\(digits[place])" : String(digits[place])
    }
    return (self < 0 ? "-" : "") + groups.joined()
  }
}
