internal import CFVHDF5
internal import ConvolutionalNetworks

/// How a dataset's numbers are stored, once it is certain that they lie in the file itself and that libhdf5
/// alone can decode them.
struct HDF5DatasetStorage {
  /// The extents of a chunk, each of which is filtered and may be absent; `nil` where the numbers lie in one piece.
  let chunk: [Int]?
  /// What is done to a chunk before it is stored, in this order.
  let filters: [Filter]

  /// The elements of a chunk; 0 where there are none.
  var chunkCount: Int { chunk?.reduce(1, *) ?? 0 }

  /// The filters of the library itself that weights are stored with. Each is applied once: deflating what is
  /// deflated would make any amount of memory of a few bytes.
  enum Filter: H5Z_filter_t, CaseIterable {
    case deflate = 1
    case shuffle
    case fletcher32
  }

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
    filters = try Self.filters(of: properties, name: name)
    chunk = layout == H5D_CHUNKED ? try Self.chunk(properties, name: name) : nil
  }

  private static func filters(of properties: hid_t, name: String) throws(KerasError.Problem)
    -> [Filter]
  {
    let count = H5Pget_nfilters(properties)
    guard count >= 0 else { throw .weightData(name, reason: "its filters are unknown") }
    var filters: [Filter] = []
    for index in 0..<count {
      var (flags, parameterCount, configuration): (UInt32, Int, UInt32) = (0, 0, 0)
      let number = H5Pget_filter2(
        properties, UInt32(index), &flags, &parameterCount, nil, 0, nil, &configuration)
      guard let filter = Filter(rawValue: number) else {
        let known = Filter.allCases.map { "\($0)" }.joined(separator: ", ")
        throw .weightData(
          name, reason: "it is stored with filter \(number); \(known) are read: save it with those")
      }
      guard !filters.contains(filter) else {
        throw .weightData(name, reason: "the filter \(filter) is applied twice")
      }
      filters.append(filter)
    }
    return filters
  }

  private static func chunk(_ properties: hid_t, name: String) throws(KerasError.Problem) -> [Int] {
    var extents = [hsize_t](repeating: 0, count: 33)
    let rank = H5Pget_chunk(properties, Int32(extents.count), &extents)
    guard (1...Int32(extents.count)).contains(rank) else {
      throw .weightData(name, reason: "its chunks are unknown")
    }
    let chunk = extents.prefix(Int(rank)).map { Int(clamping: $0) }
    guard chunk.allSatisfy({ $0 > 0 }), chunk.reduce(1, { $0.multipliedClamped(by: $1) }) < .max
    else {
      throw .weightData(name, reason: "its chunks are too large, or empty")
    }
    var options: UInt32 = 0
    guard H5Pget_chunk_opts(properties, &options) >= 0, options == 0 else {
      throw .weightData(name, reason: "chunks at its edges are stored in another way: save it anew")
    }
    return chunk
  }
}
