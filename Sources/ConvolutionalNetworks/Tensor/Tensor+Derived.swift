/// What is made of a tensor once for all who need it, while anyone does: weights in the orders in which products
/// read them.
///
/// Two programs of one network hold its weights once, then, and so does a program compiled anew.
struct DerivedKey: Hashable, Sendable {
  /// The order, and whatever else tells two results of one tensor apart.
  let name: String
  let shape: [Int]
  let scale: [Float]?
}

extension Tensor {
  /// The number of results that are in use.
  package var derivedCount: Int { storage.derivedCount }

  /// What `make` makes of this tensor, or has made of it under the same key.
  ///
  /// - Precondition: for equal keys `make` gives equal results.
  func derived(_ key: DerivedKey, _ make: () -> Tensor) -> Tensor {
    if let known = storage.derived(key) { return Tensor(shape: [known.count], storage: known) }
    let result = make()
    storage.setDerived(key, result.storage)
    return result
  }
}
