extension Recipe: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { return nil }
  }

  /// The names that a recipe's object may have.
  static var keys: [String] {
    texts.map(\.key) + numbers.map(\.key) + reals.map(\.key) + sizes.map(\.key) + [
      "linear", "seed",
    ]
  }

  /// Reads a recipe; a name that means nothing is refused, since it would change nothing.
  ///
  /// - Throws: `DecodingError` naming what is wrong and what could stand there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys where !Self.keys.contains(key.stringValue) {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container,
        debugDescription: "'\(key.stringValue)' is no part of a recipe; parts are "
          + Self.keys.joined(separator: ", "))
    }
    self.init()
    for (key, part) in Self.texts {
      self[keyPath: part] = try container.decodeIfPresent(String.self, forKey: Key(key))
    }
    for (key, part) in Self.numbers {
      self[keyPath: part] = try container.decodeIfPresent(Int.self, forKey: Key(key))
    }
    for (key, part) in Self.sizes {
      self[keyPath: part] = try container.decodeIfPresent([Int].self, forKey: Key(key))
    }
    for (key, part) in Self.reals {
      self[keyPath: part] = try container.decodeIfPresent(Float.self, forKey: Key(key))
    }
    linear = try container.decodeIfPresent(Bool.self, forKey: Key("linear"))
    seed = try container.decodeIfPresent(UInt64.self, forKey: Key("seed"))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (key, part) in Self.texts {
      try container.encodeIfPresent(self[keyPath: part], forKey: Key(key))
    }
    for (key, part) in Self.numbers {
      try container.encodeIfPresent(self[keyPath: part], forKey: Key(key))
    }
    for (key, part) in Self.sizes {
      try container.encodeIfPresent(self[keyPath: part], forKey: Key(key))
    }
    for (key, part) in Self.reals {
      try container.encodeIfPresent(self[keyPath: part], forKey: Key(key))
    }
    try container.encodeIfPresent(linear, forKey: Key("linear"))
    try container.encodeIfPresent(seed, forKey: Key("seed"))
  }
}
