/// What is known of a drawn unit; nothing in it depends on when or by whom it was drawn.
struct UnitRecord: Sendable, Equatable, Codable {
  let unit: GalleryUnit
  /// What its picture was drawn from.
  let seed: UInt64
  /// The objective for exactly this picture; `nil` where none was drawn.
  var score: Float?
  /// The files that were made of it, by what they show: `picture`.
  var files: [String: File] = [:]
  /// Some iterations, first and last among them.
  var curve: [Point] = []
  /// What a person should know about the picture.
  var warnings: [String] = []
  /// Why there is no picture; drawing it again would fail as well.
  var failure: String?

  /// A file of the gallery.
  struct File: Sendable, Equatable, Codable {
    /// The path in the gallery's folder.
    let path: String
    /// The SHA-256 of its bytes, in hexadecimal digits.
    let sha256: String
  }

  /// The objective at an iteration.
  struct Point: Sendable, Equatable, Codable {
    let iteration: Int
    let objective: Float

    init(iteration: Int, objective: Float) {
      (self.iteration, self.objective) = (iteration, objective)
    }

    init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      iteration = try pair.decode(Int.self)
      objective = try pair.decode(Float.self)
    }

    func encode(to encoder: any Encoder) throws {
      var pair = encoder.unkeyedContainer()
      try pair.encode(iteration)
      try pair.encode(objective)
    }
  }
}
