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

  /// The references of a list, or the only one that stands there without it, as Keras 3 writes it.
  static func list(_ json: JSONValue?) -> [ValueReference]? {
    guard let list = json?.array else { return nil }
    if let only = ValueReference(.array(list)) { return [only] }
    let references = list.compactMap { ValueReference($0) }
    return references.count == list.count ? references : nil
  }
}
