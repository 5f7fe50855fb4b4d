internal import ConvolutionalNetworks
internal import NetworkFormats

extension ModelImport {
  /// The part of a value that Python's `x[…]` names.
  func item(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    let subject = try call.subject
    guard let key = call.setting("slice_spec", "key", place: 1) else {
      throw .unsupported("an index that is computed")
    }
    let entries = key.array ?? key["items"]?.array ?? [key]
    let rank = try rank(of: subject)
    let axisCount = entries.filter { $0 != .null && !$0.isEllipsis }.count
    guard axisCount <= rank else {
      throw .configuration(key: "slice_spec", reason: "has more entries than axes")
    }
    var value = Formula(subject)
    var axis = 0
    // Positions in the result, before axes are dropped.
    var dropped: [Int] = []
    var inserted: [Int] = []
    var place = 0
    for entry in entries {
      if entry.isEllipsis {
        axis += rank - axisCount
        place += rank - axisCount
      } else if entry == .null {
        inserted.append(place)
        place += 1
      } else if let position = entry.int {
        value = value.stepped(
          from: position, to: position == -1 ? 1 << 30 : position &+ 1, by: 1, axis: axis)
        dropped.append(axis)
        axis += 1
      } else if let range = SliceEntry(entry) {
        if let (start, end, step) = range.bounds {
          value = value.stepped(from: start, to: end, by: step, axis: axis)
        }
        axis += 1
        place += 1
      } else {
        throw .unsupported("an index that is no number and no slice")
      }
    }
    if !dropped.isEmpty { value = Formula(Squeeze(axes: dropped), value) }
    if !inserted.isEmpty { value = value.inserting(axes: inserted) }
    return value
  }
}

/// Python's `start:stop:step`.
private struct SliceEntry {
  private let start: Int?
  private let stop: Int?
  private let step: Int

  private static let beyond = 1 << 30

  init?(_ json: JSONValue) {
    let members = json["class_name"]?.string == "__slice__" ? json["config"] ?? .null : json
    guard case .object(let given) = members else { return nil }
    for key in ["start", "stop", "step"] {
      guard let value = given[key], value != .null else { continue }
      guard let number = value.int, number.magnitude < Self.beyond else { return nil }
    }
    start = members["start"]?.int
    stop = members["stop"]?.int
    step = members["step"]?.int ?? 1
  }

  /// Where it begins and ends; `nil` where it takes everything.
  var bounds: (start: Int, end: Int, step: Int)? {
    if start == nil, stop == nil, step == 1 { return nil }
    return step > 0
      ? (start ?? 0, stop ?? Self.beyond, step) : (start ?? -1, stop ?? -Self.beyond, step)
  }
}

extension JSONValue {
  fileprivate var isEllipsis: Bool {
    self["class_name"]?.string == "__ellipsis__" || string == "..."
  }
}
