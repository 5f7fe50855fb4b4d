import Foundation

/// A part of a text, before anybody asks what it means.
struct RecipeSyntax: Sendable {
  /// What a part is.
  indirect enum Kind: Sendable {
    case number(Double)
    /// A text in quotes.
    case string(String)
    /// A name that stands alone: a layer, a label, or what needs no arguments.
    case name(String)
    case call(String, [RecipeArgument])
    case list([RecipeSyntax])
    /// Whole numbers from the first up to the second, which belongs to it where it is closed; without one, all that follow.
    case range(RecipeSyntax, RecipeSyntax?, isClosed: Bool)
    case negative(RecipeSyntax)
    case operation(Operator, RecipeSyntax, RecipeSyntax)
  }

  /// What stands between two parts.
  enum Operator: Character {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"

    /// The higher it is, the closer it binds.
    var precedence: Int {
      switch self {
      case .plus, .minus: 1
      case .times, .divided: 2
      case .power: 3
      }
    }
  }

  let kind: Kind
  /// Where it stands in the text.
  let range: Range<Int>
}

/// An argument of a call: `power: 2`, or a value without a name.
struct RecipeArgument: Sendable {
  let label: String?
  let value: RecipeSyntax
}

extension RecipeSyntax.Operator {
  /// What it makes of two numbers.
  func apply(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .divided: left / right
    case .power: pow(left, right)
    }
  }
}
