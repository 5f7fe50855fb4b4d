/// A recipe as text: a preset and what is changed of it, which a file holds as JSON.
///
///     {
///       "preset": "lucid",
///       "objective": "direction(mixed4c, \"vector.npy\", power: 2) - 0.1 * diversity(mixed4c)",
///       "transform": "padding(12), crop(8), scale([0.9, 1, 1.1])",
///       "optimizer": "adam(cosine(0.1, warm-up: 16))",
///       "iterations": 256
///     }
///
/// Everything may be left out. Docs/Recipes.md lists the words of each expression.
public struct Recipe: Sendable, Equatable {
  /// The name of the preset that is changed; `presetName` says which unless given.
  public var preset: String?
  /// What is raised, in place of units of a layer.
  public var objective: String?
  /// Priors, in place of the preset's; an empty text for none.
  public var prior: String?
  /// The weight of total variation on pixels of 0…255, in place of the preset's or the prior's.
  public var totalVariation: Float?
  /// Transformations before the network, separated by commas, in place of the preset's.
  public var transform: String?
  /// What the optimizer turns the knobs of.
  public var parameterization: String?
  /// Changes of the picture after each step, separated by commas, in place of the preset's.
  public var projection: String?
  /// How the objective's gradient is changed; an empty text for not at all.
  public var gradModifier: String?
  /// How gradients pass layers; an empty text for as they do.
  public var backprop: String?
  /// How a gradient becomes a step.
  public var optimizer: String?
  /// The rate of the optimizer at each step, in place of its own.
  public var schedule: String?
  /// The number of steps.
  public var iterations: Int?
  /// How often each step shows the picture to the network.
  public var views: Int?
  /// The height and the width of what the network sees; what the preset or the network says unless given.
  public var size: [Int]?
  /// The height and the width of a picture that is not as large as what the network sees.
  public var canvas: [Int]?
  /// Positions at each edge of a feature map that do not count.
  public var border: Int?
  /// Pixels cut off each side of the finished picture.
  public var crop: Int?
  /// How many pictures are drawn as one batch, for objectives that look at several.
  public var pictures: Int?
  /// A picture's file to start from.
  public var start: String?
  /// A photo's file that is drawn on: `accentuation` changes its spectrum, other presets go through octaves of it.
  public var photo: String?
  /// How many octaves of the photo, up to its own size, are drawn on; 4 unless given.
  public var octaves: Int?
  /// The ratio of an octave's sides to those of the one before; 1.4 unless given.
  public var octaveFactor: Float?
  /// A file of statistics that each picture's layers are held near, as `LayerStatistics` of NaturalExamples writes them.
  public var statistics: String?
  /// A folder of natural pictures whose colours and spectrum are drawn with.
  public var naturalPictures: String?
  /// Whether softmax and sigmoid functions that make outputs are made linear first.
  public var linear: Bool?
  /// Fixes every random draw; the pictures of a batch count on from it.
  public var seed: UInt64?

  /// The preset `lucid` as it is.
  public init() {}

  /// This recipe with what another one says in place of its own.
  public func overridden(by other: Recipe) -> Recipe {
    var result = self
    func override<Value>(_ part: WritableKeyPath<Recipe, Value?>) {
      if let value = other[keyPath: part] { result[keyPath: part] = value }
    }
    for text in Self.texts.map(\.part) { override(text) }
    for number in Self.numbers.map(\.part) { override(number) }
    for size in Self.sizes.map(\.part) { override(size) }
    for number in Self.reals.map(\.part) { override(number) }
    override(\.linear)
    override(\.seed)
    return result
  }

  /// The parts that are texts, by their names in files.
  static var texts: [(key: String, part: WritableKeyPath<Recipe, String?>)] {
    [
      ("preset", \.preset), ("objective", \.objective), ("prior", \.prior),
      ("transform", \.transform), ("parameterization", \.parameterization),
      ("projection", \.projection), ("gradModifier", \.gradModifier), ("backprop", \.backprop),
      ("optimizer", \.optimizer), ("schedule", \.schedule),
      ("start", \.start), ("photo", \.photo), ("statistics", \.statistics),
      ("naturalPictures", \.naturalPictures),
    ]
  }

  /// The parts that are whole numbers.
  static var numbers: [(key: String, part: WritableKeyPath<Recipe, Int?>)] {
    [
      ("iterations", \.iterations), ("views", \.views), ("border", \.border), ("crop", \.crop),
      ("pictures", \.pictures), ("octaves", \.octaves),
    ]
  }

  /// The parts that are numbers of any kind.
  static var reals: [(key: String, part: WritableKeyPath<Recipe, Float?>)] {
    [("totalVariation", \.totalVariation), ("octaveFactor", \.octaveFactor)]
  }

  /// The parts that are a height and a width.
  static var sizes: [(key: String, part: WritableKeyPath<Recipe, [Int]?>)] {
    [("size", \.size), ("canvas", \.canvas)]
  }
}
