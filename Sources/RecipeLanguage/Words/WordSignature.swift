/// How a word is written: its name, its parameters in order, and what stands for those that are left out.
///
///     direction(layer, vector, power: 0, at: all)
struct WordSignature: Sendable {
  struct Parameter: Sendable {
    let name: String
    /// What is read where the argument is left out; `nil` where it must be given.
    let standard: RecipeSyntax?
  }

  /// The signature as it is written.
  let text: String
  let name: String
  let parameters: [Parameter]

  init(_ text: String) {
    self.text = text
    do throws(RecipeError) {
      switch try RecipeParser.parse(text).kind {
      case .name(let name): (self.name, parameters) = (name, [])
      case .call(let name, let arguments):
        self.name = name
        parameters = arguments.map { argument in
          if let label = argument.label {
            return Parameter(name: label, standard: argument.value)
          }
          guard case .name(let name) = argument.value.kind else {
            preconditionFailure("'\(text)' is no signature")
          }
          return Parameter(name: name, standard: nil)
        }
      default: preconditionFailure("'\(text)' is no signature")
      }
    } catch { preconditionFailure("\(error)") }
  }

  /// The arguments of a call by parameter, with what stands for those that are left out.
  func match(_ arguments: [RecipeArgument], of call: RecipeSyntax, in reading: RecipeReading)
    throws(RecipeError) -> [String: RecipeSyntax]
  {
    var found: [String: RecipeSyntax] = [:]
    var unnamed = parameters[...]
    for argument in arguments {
      let name: String
      if let label = argument.label {
        guard parameters.contains(where: { $0.name == label }) else {
          throw reading.error(
            argument.value, "'\(self.name)' has no argument '\(label)': \(text)",
            expected: parameters.map { "\($0.name):" }.filter {
              !found.keys.contains(String($0.dropLast()))
            })
        }
        name = label
      } else if let next = unnamed.first(where: { found[$0.name] == nil }) {
        name = next.name
        unnamed = unnamed.drop { $0.name != name }.dropFirst()
      } else {
        throw reading.error(argument.value, "'\(self.name)' has no more arguments: \(text)")
      }
      guard found.updateValue(argument.value, forKey: name) == nil else {
        throw reading.error(argument.value, "'\(name)' is given twice")
      }
    }
    for parameter in parameters where found[parameter.name] == nil {
      guard parameter.standard != nil else {
        throw reading.error(
          RecipeSyntax(
            kind: call.kind,
            range: max(call.range.upperBound - 1, call.range.lowerBound)..<call.range.upperBound),
          "'\(parameter.name)' is missing: \(text)", expected: ["\(parameter.name)"])
      }
    }
    return found
  }
}
