internal import CFVHDF5
internal import ConvolutionalNetworks

extension HDF5File {
  /// What may lie at a path.
  enum ObjectKind { case group, dataset, other }

  /// The kind of the object at `path`, which is there, and where it lies in the file.
  ///
  /// - Throws: `KerasError.Problem.notHDF5` where it cannot be told.
  func object(at path: String) throws(KerasError.Problem) -> (kind: ObjectKind, address: UInt64) {
    let object = H5Oopen(identifier, path, 0)
    guard object >= 0 else { throw .notHDF5(reason: "'\(path)' cannot be opened") }
    defer { H5Oclose(object) }
    let address = cfv_hdf5_address(object)
    guard address != .max else { throw .notHDF5(reason: "'\(path)' has no place in the file") }
    switch H5Iget_type(object) {
    case H5I_GROUP: return (.group, address)
    case H5I_DATASET: return (.dataset, address)
    default: return (.other, address)
    }
  }

  /// What a name takes besides its bytes, at most.
  private static let nameCost = 128

  /// The names in the group at `path`, in alphabetical order.
  ///
  /// - Throws: `KerasError.Problem.exceedsLimits` where there are too many.
  func names(inGroup path: String) throws(KerasError.Problem) -> [String] {
    let group = H5Gopen2(identifier, path, 0)
    guard group >= 0 else { throw .notHDF5(reason: "'\(path)' cannot be opened") }
    defer { H5Gclose(group) }
    let found = FoundNames(budget: self, greatestCount: limits.nodes)
    let status = cfv_hdf5_names(
      group,
      { name, context in
        guard let name, let context else { return false }
        return Unmanaged<FoundNames>.fromOpaque(context).takeUnretainedValue()
          .add(String(cString: name))
      }, Unmanaged.passUnretained(found).toOpaque())
    if let failure = found.failure { throw failure }
    guard status >= 0 else { throw .notHDF5(reason: "'\(path)' cannot be listed") }
    return found.names
  }

  /// Names that libhdf5 hands over one by one.
  private final class FoundNames {
    private(set) var names: [String] = []
    private(set) var failure: KerasError.Problem?
    private let budget: HDF5File
    private let greatestCount: Int

    init(budget: HDF5File, greatestCount: Int) {
      self.budget = budget
      self.greatestCount = greatestCount
    }

    /// Whether there is room for the next one.
    func add(_ name: String) -> Bool {
      do throws(KerasError.Problem) {
        guard names.count < greatestCount else {
          throw .exceedsLimits(
            reason: "a group has more than \(greatestCount) names (ReadingLimits.nodes)")
        }
        try budget.take(name.utf8.count + HDF5File.nameCost)
        names.append(name)
        return true
      } catch {
        failure = error
        return false
      }
    }
  }
}
