internal import CFVHDF5

/// How a dataset's numbers are stored, once it is certain that they lie in the file itself and that libhdf5
/// alone can decode them.
struct HDF5DatasetStorage {
  /// Whether the numbers lie in chunks, each of which is filtered and may be absent.
  let isChunked: Bool
  /// The elements of a chunk; 0 where there are none.
  let chunkCount: Int

  /// The filters of the library itself that weights are stored with. Each is applied once: deflating what is
  /// deflated would make any amount of memory of a few bytes.
  private static let filters: [H5Z_filter_t: String] = [
    1: "deflate", 2: "shuffle", 3: "fletcher32",
  ]

  /// - Throws: `KerasError.Problem.outside` or `.weightData`, naming the weight.
  init(_ dataset: hid_t, name: String) throws(KerasError.Problem) {
    let properties = H5Dget_create_plist(dataset)
    guard properties >= 0 else { throw .weightData(name, reason: "its storage is unknown") }
    defer { H5Pclose(properties) }
    let layout = H5Pget_layout(properties)
    guard layout != H5D_VIRTUAL else { throw .outside(path: name, what: "a virtual dataset") }
    guard [H5D_COMPACT, H5D_CONTIGUOUS, H5D_CHUNKED].contains(layout) else {
      throw .weightData(name, reason: "its storage is of an unknown kind")
    }
    guard H5Pget_external_count(properties) == 0 else {
      throw .outside(path: name, what: "a dataset in external storage")
    }
    try Self.checkFilters(of: properties, name: name)
    isChunked = layout == H5D_CHUNKED
    chunkCount = isChunked ? try Self.chunkCount(properties, name: name) : 0
  }

  private static func checkFilters(of properties: hid_t, name: String) throws(KerasError.Problem) {
    let count = H5Pget_nfilters(properties)
    guard count >= 0 else { throw .weightData(name, reason: "its filters are unknown") }
    var seen: Set<H5Z_filter_t> = []
    for index in 0..<count {
      var (flags, parameterCount, configuration): (UInt32, Int, UInt32) = (0, 0, 0)
      let filter = H5Pget_filter2(
        properties, UInt32(index), &flags, &parameterCount, nil, 0, nil, &configuration)
      guard filters[filter] != nil else {
        let known = filters.values.sorted().joined(separator: ", ")
        throw .weightData(
          name, reason: "it is stored with filter \(filter); \(known) are read: save it with those")
      }
      guard seen.insert(filter).inserted else {
        throw .weightData(name, reason: "the filter \(filters[filter] ?? "") is applied twice")
      }
    }
  }

  private static func chunkCount(_ properties: hid_t, name: String) throws(KerasError.Problem)
    -> Int
  {
    var extents = [hsize_t](repeating: 0, count: 33)
    let rank = H5Pget_chunk(properties, Int32(extents.count), &extents)
    guard (1...Int32(extents.count)).contains(rank) else {
      throw .weightData(name, reason: "its chunks are unknown")
    }
    var count = 1
    for extent in extents.prefix(Int(rank)) {
      let (product, overflow) = count.multipliedReportingOverflow(by: Int(clamping: extent))
      guard !overflow else { throw .weightData(name, reason: "its chunks are too large") }
      count = product
    }
    return count
  }
}
