internal import CFVHDF5

/// An open dataset of numbers whose extents are checked against what the file can hold.
struct HDF5Dataset {
  let identifier: hid_t
  let extents: [Int]

  private let storage: HDF5DatasetStorage
  private let elementSize: Int

  /// Deflate makes nothing more than 1,032 times smaller.
  private static let greatestCompression = 1_032

  /// - Throws: `KerasError.Problem` naming the weight.
  init(_ dataset: hid_t, name: String, fileSize: Int) throws(KerasError.Problem) {
    identifier = dataset
    // First of all: to ask a virtual dataset for its extents may open other files.
    storage = try HDF5DatasetStorage(dataset, name: name)
    let type = H5Dget_type(dataset)
    guard type >= 0 else { throw .weightData(name, reason: "its type is unknown") }
    defer { H5Tclose(type) }
    elementSize = H5Tget_size(type)
    guard [H5T_FLOAT, H5T_INTEGER].contains(H5Tget_class(type)), (1...8).contains(elementSize)
    else { throw .weightData(name, reason: "it holds no floating-point numbers or integers") }
    extents = try Self.extents(of: dataset, name: name)

    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw .weightData(name, reason: "the shape \(extents) is too large")
      }
      count = product
    }
    let bytes = count.multipliedReportingOverflow(by: elementSize)
    let limit = fileSize.multipliedReportingOverflow(by: Self.greatestCompression)
    let stored = H5Dget_storage_size(dataset)
    let isWhole =
      storage.chunk != nil
      ? stored > 0 || count == 0 : UInt64(clamping: bytes.partialValue) == stored
    guard !bytes.overflow, stored <= UInt64(fileSize), isWhole,
      limit.overflow || bytes.partialValue <= limit.partialValue
    else {
      throw .weightData(
        name, reason: "\(stored) bytes of data cannot be \(extents) elements of \(elementSize)")
    }
  }

  /// Counts what reading all of it allocates: the numbers as float32 for good, and a chunk for a while, which is no
  /// larger than it says.
  func takeMemory(of file: HDF5File, name: String) throws(KerasError.Problem) {
    try file.take(storage.chunkCount, of: elementSize)
    try HDF5Chunks(self, storage, elementSize: elementSize)?.check(file, name: name)
    file.release(storage.chunkCount, of: elementSize)
    try file.take(extents.reduce(1, *), of: MemoryLayout<Float>.stride)
  }

  private static func extents(of dataset: hid_t, name: String) throws(KerasError.Problem) -> [Int] {
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
    var extents: [Int] = []
    for dimension in dimensions {
      guard let extent = Int(exactly: dimension) else {
        throw .weightData(name, reason: "an axis of \(dimension) is too long")
      }
      extents.append(extent)
    }
    return extents
  }
}
