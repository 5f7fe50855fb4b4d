/// A value of a pickle. What takes more than a few bytes lies in the unpickler's arenas: containers may hold one
/// another to any depth, and the same value many times.
enum PickleValue {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case bytes
  case global(PickleGlobal)
  case tuple(ArenaIndex)
  case list(ArenaIndex)
  case dictionary(ArenaIndex)
  case storage(ArenaIndex)
  case tensor(ArenaIndex)
  /// What Python would make by code of its own: a date, a number of NumPy's, a module.
  case object(ArenaIndex)

  typealias ArenaIndex = Int

  var int: Int? { if case .int(let value) = self { value } else { nil } }
  var string: String? { if case .string(let value) = self { value } else { nil } }
}

/// A stretch of numbers that a pickle refers to and that lies elsewhere in the file.
struct PickledStorage {
  let type: ElementType
  /// The name under which the file has the numbers.
  let key: String
  /// The elements in all.
  let count: Int
  /// The elements that belong to this view of the storage.
  let view: Range<Int>
}

/// A tensor as a pickle describes it.
struct PickledTensor {
  let storage: PickledStorage
  let layout: StridedLayout
  /// The first element, counted in the storage's view.
  let first: Int
}

/// An object that nobody makes here: what the pickle puts into it is kept, and nothing is called.
struct PickledObject {
  /// The class or function that Python would call, `argparse.Namespace`.
  let maker: String
  /// The items that it is given as a dictionary is; `nil` where there are none.
  var items: PickleValue.ArenaIndex?
  /// Its attributes, mostly a dictionary.
  var state: PickleValue?
}
