import FeatureVisualization

/// Whether two modifiers are the same value, bit for bit.
///
/// Modifiers need not be `Equatable`. Equal bits of one type mean equal values, as both hold what they refer to; unequal
/// bits of equal values only cost a compilation.
func isSame(_ one: (any BackpropModifier)?, _ other: (any BackpropModifier)?) -> Bool {
  switch (one, other) {
  case (nil, nil): true
  case (let one?, let other?): isSameValue(one, other)
  default: false
  }
}

private func isSameValue<Modifier: BackpropModifier>(
  _ one: Modifier, _ other: any BackpropModifier
) -> Bool {
  guard let other = other as? Modifier else { return false }
  return withUnsafeBytes(of: one) { one in
    withUnsafeBytes(of: other) { one.elementsEqual($0) }
  }
}
