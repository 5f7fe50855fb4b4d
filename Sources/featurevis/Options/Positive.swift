import ArgumentParser

/// Refuses a number that must be positive and is not, or that is more than `limit`.
func validatePositive(_ number: Int?, _ option: String, limit: Int = 1_000_000_000) throws {
  guard let number else { return }
  if number < 1 { throw ValidationError("\(option) \(number) is not positive") }
  if number > limit { throw ValidationError("\(option) \(number) is more than \(limit.grouped)") }
}
