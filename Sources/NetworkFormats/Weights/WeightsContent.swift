/// What a file of weights holds, as its reader hands it on.
struct WeightsContent: Sendable {
  /// Never empty.
  var groups: [TensorGroup]
  /// Free text about the weights, by key.
  var metadata: [String: String] = [:]
  /// What the reader left aside, in words.
  var notes: [String] = []
}

/// Tensors that a file keeps apart from its others, such as the dictionaries of a checkpoint.
struct TensorGroup: Sendable {
  /// What leads to them, each key with a point behind it: `state_dict.`; empty where nothing does.
  let path: String
  let entries: [StateDictionary.Entry]
}
