/// One of several equal parts of a gallery's units, for a worker of its own.
///
/// Units are numbered as the plan lists them, and dealt like cards: shard i of n has the units whose number, divided by n,
/// leaves i − 1. Every shard so has its share of each layer.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// Which part it is, 1…`count`.
  public let number: Int
  /// How many parts there are.
  public let count: Int

  /// All units.
  public static let whole = Shard(number: 1, count: 1)

  private init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

  /// Shard `number` of `count`; `nil` where there is none.
  public init?(_ number: Int, of count: Int) {
    guard count > 0, count <= Self.most, (1...count).contains(number) else { return nil }
    self.init(number: number, count: count)
  }

  /// The most parts of a gallery.
  public static let most = 100_000

  /// A shard as text: `3/8`; `auto` for the one that Slurm's variables of an array's task tell, and `auto/8` for the one of
  /// eight that the index of a Kubernetes job tells.
  ///
  /// - Throws: `GalleryError.shard` for anything else, and where the variables are not set.
  public init(_ text: String, environment: [String: String]) throws(GalleryError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    func number(_ name: String) throws(GalleryError) -> Int {
      guard let value = environment[name].flatMap({ Int($0) }) else {
        throw .shard("\(text): the environment has no number \(name)")
      }
      return value
    }
    let shard: Shard?
    if text == "auto" {
      let step = environment["SLURM_ARRAY_TASK_STEP"].flatMap { Int($0) } ?? 1
      let (id, first) = (try number("SLURM_ARRAY_TASK_ID"), try number("SLURM_ARRAY_TASK_MIN"))
      shard = Shard((id - first) / max(step, 1) + 1, of: try number("SLURM_ARRAY_TASK_COUNT"))
    } else if parts.count == 2, parts[0] == "auto", let count = Int(parts[1]) {
      shard = Shard(try number("JOB_COMPLETION_INDEX") + 1, of: count)
    } else if parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) {
      shard = Shard(number, of: count)
    } else {
      shard = nil
    }
    guard let shard else {
      throw .shard("\(text) is no shard: write 3/8 for the third of eight, auto, or auto/8")
    }
    self = shard
  }

  /// Whether it has the unit of this number, from 0.
  func contains(_ position: Int) -> Bool { position % count == number - 1 }

  public var description: String { "\(number) of \(count)" }
}
