internal import NetworkFormats

/// What one call hands to a layer, a model or an operation: values of the network and settings, by place and by name.
struct CallArguments<Value> {
  /// One argument.
  indirect enum Argument {
    /// A value that another layer writes.
    case value(Value)
    /// Several arguments in one.
    case list([Argument])
    /// Anything else: numbers, names, nothing.
    case setting(JSONValue)
  }

  var positional: [Argument]
  var named: [String: Argument]

  /// The values in their order, those of named arguments last and by name.
  var values: [Value] {
    (positional + named.sorted { $0.key < $1.key }.map(\.value)).flatMap(\.values)
  }

  /// The same arguments with other values; `nil` where there is none for one.
  func mapValues<Other>(_ transform: (Value) -> Other?) -> CallArguments<Other>? {
    var result = CallArguments<Other>(positional: [], named: [:])
    for argument in positional {
      guard let mapped = argument.mapValues(transform) else { return nil }
      result.positional.append(mapped)
    }
    for (name, argument) in named {
      guard let mapped = argument.mapValues(transform) else { return nil }
      result.named[name] = mapped
    }
    return result
  }

  /// Arguments that are one value.
  static func value(_ value: Value) -> Self { Self(positional: [.value(value)], named: [:]) }
}

extension CallArguments.Argument {
  /// The values in it, in their order.
  var values: [Value] {
    switch self {
    case .value(let value): [value]
    case .list(let elements): elements.flatMap(\.values)
    case .setting: []
    }
  }

  fileprivate func mapValues<Other>(_ transform: (Value) -> Other?)
    -> CallArguments<Other>.Argument?
  {
    switch self {
    case .value(let value): return transform(value).map { .value($0) }
    case .setting(let json): return .setting(json)
    case .list(let elements):
      var mapped: [CallArguments<Other>.Argument] = []
      for element in elements {
        guard let other = element.mapValues(transform) else { return nil }
        mapped.append(other)
      }
      return .list(mapped)
    }
  }
}
