import ArgumentParser

/// Refuses a number that must be positive and is not.
func validatePositive(_ number: Int?, _ option: String) throws {
  if let number, number < 1 { throw ValidationError("\(option) \(number) is not positive") }
}
