internal import CFVHDF5

/// The extents of a dataset of numbers, checked against what the file can hold.
struct HDF5DatasetShape {
  let extents: [Int]

  /// Deflate makes nothing more than 1,032 times smaller.
  private static let greatestCompression = 1_032

  /// - Throws: `KerasError.Problem.weightData`.
  init(_ dataset: hid_t, name: String, fileSize: Int) throws(KerasError.Problem) {
    let type = H5Dget_type(dataset)
    guard type >= 0 else { throw .weightData(name, reason: "its type is unknown") }
    defer { H5Tclose(type) }
    let elementSize = H5Tget_size(type)
    guard [H5T_FLOAT, H5T_INTEGER].contains(H5Tget_class(type)), (1...8).contains(elementSize)
    else { throw .weightData(name, reason: "it holds no floating-point numbers or integers") }

    let space = H5Dget_space(dataset)
    guard space >= 0 else { throw .weightData(name, reason: "its shape is unknown") }
    defer { H5Sclose(space) }
    let rank = H5Sget_simple_extent_ndims(space)
    guard (0...8).contains(rank) else {
      throw .weightData(name, reason: "\(rank) axes are not supported")
    }
    var dimensions = [hsize_t](repeating: 0, count: Int(rank))
    guard H5Sget_simple_extent_dims(space, &dimensions, nil) == rank else {
      throw .weightData(name, reason: "its shape is unknown")
    }
    var count = 1
    var extents: [Int] = []
    for dimension in dimensions {
      guard let extent = Int(exactly: dimension) else {
        throw .weightData(name, reason: "an axis of \(dimension) is too long")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw .weightData(name, reason: "the shape \(dimensions) is too large")
      }
      count = product
      extents.append(extent)
    }
    let bytes = count.multipliedReportingOverflow(by: elementSize)
    let limit = fileSize.multipliedReportingOverflow(by: Self.greatestCompression)
    let stored = H5Dget_storage_size(dataset)
    let isContiguous = Self.layout(of: dataset) != H5D_CHUNKED
    guard !bytes.overflow, stored <= UInt64(fileSize),
      isContiguous ? UInt64(bytes.partialValue) == stored : true,
      limit.overflow || bytes.partialValue <= limit.partialValue
    else {
      throw .weightData(
        name, reason: "\(stored) bytes of data cannot be \(dimensions) elements of \(elementSize)")
    }
    self.extents = extents
  }

  private static func layout(of dataset: hid_t) -> H5D_layout_t {
    let properties = H5Dget_create_plist(dataset)
    guard properties >= 0 else { return H5D_LAYOUT_ERROR }
    defer { H5Pclose(properties) }
    return H5Pget_layout(properties)
  }
}
