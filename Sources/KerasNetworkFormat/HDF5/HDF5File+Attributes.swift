internal import CFVHDF5
internal import Foundation

extension HDF5File {
  /// The text of an attribute of the group at `path`; `nil` where it has none of this name.
  func text(_ attribute: String, of path: String) throws(KerasError.Problem) -> String? {
    try texts(attribute, of: path)?.first
  }

  /// A list of names; Keras cuts those above 64 kB into `<attribute>0`, `<attribute>1`, ….
  func list(_ attribute: String, of path: String) throws(KerasError.Problem) -> [String]? {
    if let names = try texts(attribute, of: path) { return names }
    var names: [String] = []
    var isThere = false
    for part in 0..<limits.nodes {
      guard let more = try texts("\(attribute)\(part)", of: path) else { break }
      isThere = true
      names += more
    }
    return isThere ? names : nil
  }

  private func texts(_ attribute: String, of path: String) throws(KerasError.Problem) -> [String]? {
    guard try contains(path), H5Aexists_by_name(identifier, path, attribute, 0) > 0 else {
      return nil
    }
    let handle = H5Aopen_by_name(identifier, path, attribute, 0, 0)
    guard handle >= 0 else { throw unreadable(attribute) }
    defer { H5Aclose(handle) }
    let type = H5Aget_type(handle)
    guard type >= 0 else { throw unreadable(attribute) }
    defer { H5Tclose(type) }
    let space = H5Aget_space(handle)
    guard space >= 0 else { throw unreadable(attribute) }
    defer { H5Sclose(space) }
    let count = H5Sget_simple_extent_npoints(space)
    guard count >= 0, count <= size else { throw unreadable(attribute) }
    if count == 0 { return [] }
    guard H5Tget_class(type) == H5T_STRING else {
      throw .notHDF5(reason: "attribute '\(attribute)' is no text")
    }
    return H5Tis_variable_str(type) > 0
      ? try variable(handle, space, type, Int(count), attribute)
      : try fixed(handle, type, Int(count), attribute)
  }

  /// Texts of equal length, padded.
  private func fixed(_ handle: hid_t, _ type: hid_t, _ count: Int, _ attribute: String)
    throws(KerasError.Problem) -> [String]
  {
    let length = H5Tget_size(type)
    let (total, overflow) = length.multipliedReportingOverflow(by: count)
    guard length > 0, !overflow, total <= size else { throw unreadable(attribute) }
    // Once as it is read, and as text.
    try take(total, of: 2)
    try take(count, of: Self.textOverhead)
    var bytes = [UInt8](repeating: 0, count: total)
    guard H5Aread(handle, type, &bytes) >= 0 else { throw unreadable(attribute) }
    return (0..<count).map {
      String(decoding: bytes[($0 * length)..<(($0 + 1) * length)].prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// What a text takes besides its bytes, at most.
  private static let textOverhead = 64

  /// Texts that libhdf5 allocates.
  private func variable(
    _ handle: hid_t, _ space: hid_t, _ type: hid_t, _ count: Int, _ attribute: String
  ) throws(KerasError.Problem) -> [String] {
    let memory = H5Tcopy(cfv_hdf5_c_string())
    guard memory >= 0 else { throw unreadable(attribute) }
    defer { H5Tclose(memory) }
    guard H5Tset_size(memory, cfv_hdf5_variable_size()) >= 0,
      H5Tset_cset(memory, H5Tget_cset(type)) >= 0
    else { throw unreadable(attribute) }
    // A file may name the same text any number of times, each of which is allocated. It is told how long they are before.
    try take(count, of: Self.textOverhead + MemoryLayout<UInt32>.size)
    var lengths = [UInt32](repeating: 0, count: count)
    guard cfv_hdf5_text_lengths(handle, type, &lengths) >= 0 else { throw unreadable(attribute) }
    let total = lengths.reduce(count) { $0 + Int($1) }
    // Once as libhdf5 reads it, and as text.
    try take(total, of: 2)
    defer { release(total, of: 1) }
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    guard H5Aread(handle, memory, &pointers) >= 0 else { throw unreadable(attribute) }
    defer { H5Dvlen_reclaim(memory, space, 0, &pointers) }
    return pointers.map { $0.map { String(cString: $0) } ?? "" }
  }

  private func unreadable(_ attribute: String) -> KerasError.Problem {
    .notHDF5(reason: "attribute '\(attribute)' cannot be read")
  }
}
