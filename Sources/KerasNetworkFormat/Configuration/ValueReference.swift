internal import NetworkFormats

/// A value of a model as its configuration refers to it.
struct ValueReference: Hashable {
  /// The layer that writes it.
  let layer: String
  /// Which of the layer's calls.
  let call: Int
  /// Which of the call's values.
  let tensor: Int

  /// A value of a layer, unless told otherwise the first of its first call.
  init(_ layer: String, call: Int = 0, tensor: Int = 0) {
    self.layer = layer
    self.call = call
    self.tensor = tensor
  }

  /// `[layer, call, tensor, …]`; `nil` for anything else.
  init?(_ json: JSONValue) {
    guard let parts = json.array, parts.count >= 3, let layer = parts[0].string,
      let call = parts[1].int, let tensor = parts[2].int, call >= 0, tensor >= 0
    else { return nil }
    self.layer = layer
    self.call = call
    self.tensor = tensor
  }

  /// The same value with calls numbered from 0 where they are from 1.
  var fromZero: ValueReference {
    ValueReference(layer, call: max(call - 1, 0), tensor: tensor)
  }

  /// The references of a list, in lists or under keys, or the only one that stands there without it, as Keras 3 writes it.
  static func list(_ json: JSONValue?) -> [ValueReference]? {
    guard let json else { return nil }
    if let only = ValueReference(json) { return [only] }
    let elements: [JSONValue]
    if case .object(let members) = json {
      // Keras flattens dictionaries by their keys.
      elements = members.sorted { $0.key < $1.key }.map(\.value)
    } else {
      guard let list = json.array else { return nil }
      elements = list
    }
    var references: [ValueReference] = []
    for element in elements {
      guard let inner = list(element) else { return nil }
      references += inner
    }
    return references
  }
}
