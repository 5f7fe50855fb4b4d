import ConvolutionalNetworks
import FeatureVisualization

/// Says what parts of a text mean.
struct RecipeReading {
  let text: String
  let context: RecipeContext

  init(_ text: String, _ context: RecipeContext) {
    (self.text, self.context) = (text, context)
  }

  func error(_ syntax: RecipeSyntax, _ reason: String, expected: [String] = []) -> RecipeError {
    RecipeError(text, syntax.range, reason, expected: expected)
  }

  // MARK: Numbers

  /// A number, or arithmetic of numbers.
  func number(_ syntax: RecipeSyntax) throws(RecipeError) -> Double {
    guard let number = try knownNumber(syntax) else {
      throw error(syntax, "this is no number", expected: ["a number"])
    }
    guard number.isFinite, Float(number).isFinite else {
      throw error(syntax, "\(number) is no number that can be counted with")
    }
    return number
  }

  /// A number where nothing but numbers stands.
  func knownNumber(_ syntax: RecipeSyntax) throws(RecipeError) -> Double? {
    switch syntax.kind {
    case .number(let number): return number
    case .negative(let inner): return try knownNumber(inner).map { -$0 }
    case .operation(let operation, let left, let right):
      guard let left = try knownNumber(left), let right = try knownNumber(right) else { return nil }
      return operation.apply(left, right)
    default: return nil
    }
  }

  func integer(_ syntax: RecipeSyntax) throws(RecipeError) -> Int {
    let number = try number(syntax)
    guard let integer = Int(exactly: number), abs(integer) <= 1 << 32 else {
      throw error(syntax, "\(number) is no whole number", expected: ["a whole number"])
    }
    return integer
  }

  /// Whole numbers from one to another.
  func range(_ syntax: RecipeSyntax) throws(RecipeError) -> Range<Int> {
    guard case .range(let first, let last, let isClosed) = syntax.kind else {
      throw error(syntax, "this is no range", expected: ["4...7", "4..<8", "4..."])
    }
    let low = try integer(first)
    guard let last else { return low..<Int.max }
    let high = try integer(last) + (isClosed ? 1 : 0)
    guard low < high else { throw error(syntax, "the range is empty") }
    return low..<high
  }

  // MARK: Names

  /// A name, with or without quotes.
  func name(_ syntax: RecipeSyntax) -> String? {
    switch syntax.kind {
    case .name(let name), .string(let name): name
    default: nil
    }
  }

  /// A layer: its name, or its position, −1 for the last.
  func layer(_ syntax: RecipeSyntax) throws(RecipeError) -> LayerID {
    let layer: LayerID
    if let name = name(syntax) {
      layer = .name(name)
    } else if try knownNumber(syntax) != nil {
      let position = try integer(syntax)
      // A layer may be called by a number.
      let name = LayerID.name(String(position))
      layer = (try? context.network?.position(of: name)) == nil ? .position(position) : name
    } else {
      throw error(syntax, "this is no layer", expected: ["a name", "a position"])
    }
    if let network = context.network {
      do throws(VisualizationError) { _ = try network.position(of: layer) } catch {
        throw self.error(syntax, "\(error)")
      }
    }
    return layer
  }

  /// Units: one or a list of numbers, labels and ranges; none for all.
  func units(_ syntax: RecipeSyntax) throws(RecipeError) -> [UnitID] {
    switch syntax.kind {
    case .name("all"): return []
    case .list(let parts):
      var units: [UnitID] = []
      for part in parts { units += try self.units(part) }
      guard !units.isEmpty else { throw error(syntax, "no unit is named") }
      return units
    case .range:
      let range = try range(syntax)
      guard range.count <= 1 << 20 else { throw error(syntax, "these are too many units") }
      return range.map { .index($0) }
    default:
      if let label = name(syntax) {
        if let network = context.network, network.labels != nil {
          do throws(VisualizationError) { _ = try network.unit(.label(label)) } catch {
            throw self.error(syntax, "\(error)")
          }
        }
        return [.label(label)]
      }
      guard try knownNumber(syntax) != nil else {
        throw error(
          syntax, "this is no unit", expected: ["a number", "a label", "a range", "a list", "all"])
      }
      let index = try integer(syntax)
      guard index >= 0 else { throw error(syntax, "units are counted from 0") }
      return [.index(index)]
    }
  }

  /// A position of a feature map; `nil` for all of them.
  func position(_ syntax: RecipeSyntax) throws(RecipeError) -> MapPosition? {
    switch syntax.kind {
    case .name("all"): return nil
    case .name("center"): return .center
    case .list(let parts) where parts.count == 2:
      let (row, column) = (try integer(parts[0]), try integer(parts[1]))
      guard row >= 0, column >= 0 else { throw error(syntax, "positions are counted from 0") }
      return .cell(row: row, column: column)
    default:
      throw error(syntax, "this is no position", expected: ["[row, column]", "center", "all"])
    }
  }

  // MARK: Arrays

  func numbers(_ syntax: RecipeSyntax) throws(RecipeError) -> [Float] {
    try tensor(syntax).elements
  }

  /// A list of numbers, or an array in a file.
  func tensor(_ syntax: RecipeSyntax) throws(RecipeError) -> Tensor {
    switch syntax.kind {
    case .list(let parts):
      var numbers: [Float] = []
      for part in parts { numbers.append(Float(try number(part))) }
      guard !numbers.isEmpty else { throw error(syntax, "the list is empty") }
      return Tensor(shape: [numbers.count], elements: numbers)
    case .string(let path):
      do { return try context.files.array(path) } catch { throw self.error(syntax, "\(error)") }
    default:
      throw error(syntax, "these are no numbers", expected: ["[0.1, 0.2]", "\"file.npy\""])
    }
  }

  /// The parts of a list, or what stands alone.
  func list<Value>(
    _ syntax: RecipeSyntax, _ read: (RecipeSyntax) throws(RecipeError) -> Value
  ) throws(RecipeError) -> [Value] {
    guard case .list(let parts) = syntax.kind else { return [try read(syntax)] }
    var values: [Value] = []
    for part in parts { values.append(try read(part)) }
    return values
  }

  /// A picture whose activations are compared with; the same for the same name.
  func reference(_ syntax: RecipeSyntax) throws(RecipeError) -> ReferencePicture {
    guard let path = name(syntax) else { return ReferencePicture(try picture(syntax)) }
    if let known = context.references[path] { return known }
    let reference = ReferencePicture(try picture(syntax))
    context.references[path] = reference
    return reference
  }

  func picture(_ syntax: RecipeSyntax) throws(RecipeError) -> Tensor {
    guard let path = name(syntax) else {
      throw error(syntax, "this is no picture", expected: ["\"photo.png\""])
    }
    do { return try context.files.picture(path) } catch { throw self.error(syntax, "\(error)") }
  }
}
