internal import CFVHDF5
internal import ConvolutionalNetworks
internal import Foundation

/// An open HDF5 file: groups, attributes of text and arrays of numbers, by path.
///
/// Nothing outside the file is read. Only hard links are followed: soft ones may lead in circles or to external
/// ones, and those, like virtual datasets and external storage, to any file of the machine.
final class HDF5File {
  let identifier: hid_t
  /// The file's bytes, which bound what it can hold.
  let size: Int
  let limits: ReadingLimits
  /// What may still be allocated for it.
  private var budget: ReadingBudget

  init(_ identifier: hid_t, size: Int, limits: ReadingLimits) {
    self.identifier = identifier
    self.size = size
    self.limits = limits
    budget = ReadingBudget(limits, fileSize: size)
  }

  /// Counts memory before it is allocated.
  ///
  /// - Throws: `KerasError.Problem.exceedsLimits`.
  func take(_ count: Int, of stride: Int = 1) throws(KerasError.Problem) {
    do throws(ReadingBudget.Exceeded) { try budget.take(count, of: stride) } catch {
      throw .exceedsLimits(reason: "\(error)")
    }
  }

  /// Gives back what is no longer held.
  func release(_ count: Int, of stride: Int = 1) { budget.release(count * stride) }

  /// Calls `body` with the file's budget.
  func withBudget<Result>(
    _ body: (inout ReadingBudget) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result { try body(&budget) }

  /// Whether a group or dataset lies at `path`.
  ///
  /// - Throws: `KerasError.Problem.outside` where a link other than a hard one stands on the way.
  func contains(_ path: String) throws(KerasError.Problem) -> Bool {
    // Every link on the way must exist before the next may be asked for.
    var prefix = ""
    for part in path.split(separator: "/") {
      prefix += "/" + part
      guard H5Lexists(identifier, prefix, 0) > 0 else { return false }
      let type = cfv_hdf5_link_type(identifier, prefix)
      guard type == H5L_TYPE_HARD else {
        throw .outside(path: prefix, what: Self.name(of: type))
      }
    }
    return H5Oexists_by_name(identifier, path.isEmpty ? "/" : path, 0) > 0
  }

  private static func name(of type: H5L_type_t) -> String {
    switch type {
    case H5L_TYPE_SOFT: "a soft link"
    case H5L_TYPE_EXTERNAL: "an external link"
    default: "a link of an unknown kind"
    }
  }
}
