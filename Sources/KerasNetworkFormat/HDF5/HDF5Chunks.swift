internal import CFVHDF5

/// The chunks of a dataset as the file holds them, filtered.
///
/// libhdf5 undoes the filters of whatever a chunk holds, and takes the result for a chunk: a few bytes may become any
/// amount of memory, or less than is then read.
struct HDF5Chunks {
  private let dataset: HDF5Dataset
  private let filters: [HDF5DatasetStorage.Filter]
  /// The extents of a chunk.
  private let chunk: [Int]
  /// The bytes of a chunk without its filters.
  private let byteCount: Int

  /// `nil` for a dataset that lies in one piece.
  init?(_ dataset: HDF5Dataset, _ storage: HDF5DatasetStorage, elementSize: Int) {
    guard let chunk = storage.chunk else { return nil }
    (self.dataset, self.chunk, filters) = (dataset, chunk, storage.filters)
    byteCount = storage.chunkCount * elementSize
  }

  /// Checks that each chunk becomes as many bytes as a chunk has.
  ///
  /// - Throws: `KerasError.Problem.weightData` naming the weight, or `.exceedsLimits`.
  func check(_ file: HDF5File, name: String) throws(KerasError.Problem) {
    guard chunk.count == dataset.extents.count else {
      throw .weightData(name, reason: "its chunks have \(chunk.count) axes")
    }
    // No chunk is read of what has no elements.
    guard !dataset.extents.contains(0) else { return }
    let counts = zip(dataset.extents, chunk).map { ($0 + $1 - 1) / $1 }
    let total = counts.reduce(1, *)
    guard total <= file.limits.nodes else {
      throw .exceedsLimits(
        reason:
          "weight '\(name)' has \(total) chunks, and \(file.limits.nodes) may be there (ReadingLimits.nodes)"
      )
    }
    for number in 0..<total {
      var rest = number
      var place = [hsize_t](repeating: 0, count: chunk.count)
      for axis in chunk.indices.reversed() {
        place[axis] = hsize_t(rest % counts[axis] * chunk[axis])
        rest /= counts[axis]
      }
      guard try isSound(at: place, file) else {
        throw .weightData(name, reason: "its chunk at \(place) does not become \(byteCount) bytes")
      }
    }
  }

  private func isSound(at place: [hsize_t], _ file: HDF5File) throws(KerasError.Problem) -> Bool {
    var (skipped, address, size): (UInt32, haddr_t, hsize_t) = (0, 0, 0)
    guard H5Dget_chunk_info_by_coord(dataset.identifier, place, &skipped, &address, &size) >= 0,
      let stored = UInt32(exactly: size), stored <= file.size
    else { return false }
    // Numbers of a chunk that is absent are 0.
    guard stored > 0 else { return true }
    let applied = filters.indices.filter { skipped >> $0 & 1 == 0 }.map { filters[$0] }
    let deflate = applied.firstIndex(of: .deflate)
    let checksum = applied.firstIndex(of: .fletcher32)
    // A checksum takes four bytes, of what is deflated or of what deflating has left.
    let isChecksumOutside = (checksum ?? -1) > (deflate ?? .max)
    let inner = byteCount + (checksum == nil || isChecksumOutside ? 0 : 4)
    let outer = Int(stored) - (isChecksumOutside ? 4 : 0)
    guard deflate != nil else { return outer == inner }
    guard outer > 0 else { return false }
    try file.take(Int(stored))
    defer { file.release(Int(stored)) }
    var bytes = [UInt8](repeating: 0, count: Int(stored))
    guard H5Dread_chunk(dataset.identifier, 0, place, &skipped, &bytes) >= 0 else { return false }
    return cfv_hdf5_inflated_size(&bytes, UInt32(outer), inner) == inner
  }
}
