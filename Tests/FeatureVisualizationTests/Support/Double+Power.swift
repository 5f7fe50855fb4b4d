import Foundation

extension Double {
  /// The number to a real power.
  func power(_ exponent: Double) -> Double { pow(self, exponent) }
}
