import Foundation

extension Float {
  /// With so many digits after the point, whatever the locale.
  func fixed(_ digits: Int) -> String { Double(self).fixed(digits) }
}

extension Double {
  /// With so many digits after the point, whatever the locale.
  func fixed(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
