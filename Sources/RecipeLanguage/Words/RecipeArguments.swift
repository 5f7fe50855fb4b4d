import ConvolutionalNetworks
import FeatureVisualization

/// The arguments of a call, read by the names of the parameters.
struct RecipeArguments {
  private let reading: RecipeReading
  private let signature: WordSignature
  private let given: [String: RecipeSyntax]

  init(
    _ arguments: [RecipeArgument], of call: RecipeSyntax, _ signature: WordSignature,
    _ reading: RecipeReading
  ) throws(RecipeError) {
    self.reading = reading
    self.signature = signature
    given = try signature.match(arguments, of: call, in: reading)
  }

  /// What an argument is, or what stands for it, with the text that it is part of.
  private func argument(_ name: String) -> (RecipeSyntax, RecipeReading) {
    if let syntax = given[name] { return (syntax, reading) }
    guard let standard = signature.parameters.first(where: { $0.name == name })?.standard else {
      preconditionFailure("'\(signature.text)' has no parameter '\(name)'")
    }
    return (standard, RecipeReading(signature.text, reading.context))
  }

  /// Whether an argument is the word `none`, or `all`.
  func isOmitted(_ name: String) -> Bool {
    switch argument(name).0.kind {
    case .name("none"), .name("all"): true
    default: false
    }
  }

  func number(_ name: String) throws(RecipeError) -> Float {
    let (syntax, reading) = argument(name)
    return Float(try reading.number(syntax))
  }

  func double(_ name: String) throws(RecipeError) -> Double {
    let (syntax, reading) = argument(name)
    return try reading.number(syntax)
  }

  func integer(_ name: String) throws(RecipeError) -> Int {
    let (syntax, reading) = argument(name)
    return try reading.integer(syntax)
  }

  func schedule(_ name: String) throws(RecipeError) -> Schedule {
    let (syntax, reading) = argument(name)
    return try reading.schedule(syntax)
  }

  func flag(_ name: String) throws(RecipeError) -> Bool {
    try choice(name, ["true": true, "false": false])
  }

  /// A list of numbers, or an array in a file.
  func numbers(_ name: String) throws(RecipeError) -> [Float] {
    let (syntax, reading) = argument(name)
    return try reading.numbers(syntax)
  }

  /// An array in a file, or a list of numbers as one of one axis.
  func tensor(_ name: String) throws(RecipeError) -> Tensor {
    let (syntax, reading) = argument(name)
    return try reading.tensor(syntax)
  }

  /// A picture in a file, `[1, H, W, C]` in 0…1.
  func picture(_ name: String) throws(RecipeError) -> Tensor {
    let (syntax, reading) = argument(name)
    return try reading.picture(syntax)
  }

  /// Several pictures in files, or one.
  func pictures(_ name: String) throws(RecipeError) -> [Tensor] {
    let (syntax, reading) = argument(name)
    return try reading.list(syntax) { (part) throws(RecipeError) in try reading.picture(part) }
  }

  /// A picture whose activations a loss compares with.
  func reference(_ name: String) throws(RecipeError) -> ReferencePicture {
    let (syntax, reading) = argument(name)
    return try reading.reference(syntax)
  }

  /// Several such pictures, or one.
  func references(_ name: String) throws(RecipeError) -> [ReferencePicture] {
    let (syntax, reading) = argument(name)
    return try reading.list(syntax) { (part) throws(RecipeError) in try reading.reference(part) }
  }

  /// Several whole numbers, or one.
  func integers(_ name: String) throws(RecipeError) -> [Int] {
    let (syntax, reading) = argument(name)
    return try reading.list(syntax) { (part) throws(RecipeError) in try reading.integer(part) }
  }

  /// The network, where it is known.
  var network: NeuralNetwork? { reading.context.network }

  /// A unit of a layer.
  func unit(_ name: String) throws(RecipeError) -> UnitID {
    let (syntax, reading) = argument(name)
    let units = try reading.units(syntax)
    guard units.count == 1 else { throw reading.error(syntax, "'\(name)' is one unit") }
    return units[0]
  }

  func layer(_ name: String) throws(RecipeError) -> LayerID {
    let (syntax, reading) = argument(name)
    return try reading.layer(syntax)
  }

  /// Units of a layer; none for all of them.
  func units(_ name: String) throws(RecipeError) -> [UnitID] {
    let (syntax, reading) = argument(name)
    return try reading.units(syntax)
  }

  /// A position of a feature map; `nil` for all of them.
  func position(_ name: String) throws(RecipeError) -> MapPosition? {
    let (syntax, reading) = argument(name)
    return try reading.position(syntax)
  }

  /// Two whole numbers as a range, `4...7` or `4..<8`.
  func range(_ name: String) throws(RecipeError) -> Range<Int> {
    let (syntax, reading) = argument(name)
    return try reading.range(syntax)
  }

  /// One of the words that an argument may be.
  func choice<Value>(_ name: String, _ values: KeyValuePairs<String, Value>) throws(RecipeError)
    -> Value
  {
    let (syntax, reading) = argument(name)
    let word = reading.name(syntax)
    guard let value = values.first(where: { $0.key == word })?.value else {
      throw reading.error(
        syntax, "'\(name)' is none of the words that it may be", expected: values.map(\.key))
    }
    return value
  }

  /// An argument that is a word of a vocabulary.
  func word<Value>(_ name: String, of vocabulary: Vocabulary<Value>) throws(RecipeError) -> Value {
    let (syntax, reading) = argument(name)
    return try reading.value(syntax, of: vocabulary)
  }

  /// What is raised: a word of the objectives, or a sum or product of them.
  func objective(_ name: String) throws(RecipeError) -> Objective {
    let (syntax, reading) = argument(name)
    return try reading.objective(syntax)
  }

  /// The scale of pixels.
  func space(_ name: String) throws(RecipeError) -> PixelSpace {
    try choice(
      name,
      [
        "unit": .unit, "byte": .byte, "mean-subtracted-byte": .meanSubtractedByte,
        "imagenet": .imageNetStandardized, "symmetric": .symmetric, "network": .network,
      ])
  }
}
