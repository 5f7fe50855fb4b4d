internal import CFVHDF5
internal import ConvolutionalNetworks
internal import Foundation

/// An open HDF5 file: groups, attributes of text and arrays of numbers, by path.
struct HDF5File {
  let identifier: hid_t
  /// The file's bytes, which bound what it can hold.
  let size: Int

  /// Whether a group or dataset lies at `path`.
  func contains(_ path: String) -> Bool {
    // Every link on the way must exist before the next may be asked for.
    var prefix = ""
    for part in path.split(separator: "/") {
      prefix += "/" + part
      if H5Lexists(identifier, prefix, 0) <= 0 { return false }
    }
    return H5Oexists_by_name(identifier, path.isEmpty ? "/" : path, 0) > 0
  }

  /// The names in a group, in alphabetical order.
  func names(in path: String) throws(KerasError.Problem) -> [String] {
    let group = H5Gopen2(identifier, path, 0)
    guard group >= 0 else { throw .notHDF5(reason: "group '\(path)' cannot be opened") }
    defer { H5Gclose(group) }
    var info = H5G_info_t()
    guard H5Gget_info(group, &info) >= 0, info.nlinks <= UInt64(size) else {
      throw .notHDF5(reason: "group '\(path)' cannot be listed")
    }
    var names: [String] = []
    for index in 0..<info.nlinks {
      let length = H5Lget_name_by_idx(
        group, ".", H5_INDEX_NAME, H5_ITER_INC, index, nil, 0, 0)
      guard (0...65_536).contains(length) else {
        throw .notHDF5(reason: "group '\(path)' has a name of \(length) bytes")
      }
      var buffer = [CChar](repeating: 0, count: length + 1)
      guard
        H5Lget_name_by_idx(
          group, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, length + 1, 0) == length
      else { throw .notHDF5(reason: "group '\(path)' cannot be listed") }
      names.append(
        String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    return names
  }

  /// An array of numbers as float32, once its shape is what `expected` says (`nil` is any extent).
  ///
  /// - Throws: `KerasError.Problem` naming the weight.
  func tensor(_ path: String, name: String, expected: [Int?]?) throws(KerasError.Problem) -> Tensor
  {
    try withDataset(path, name: name) { dataset, shape throws(KerasError.Problem) in
      if let expected {
        guard shape.count == expected.count,
          zip(shape, expected).allSatisfy({ $1 == nil || $0 == $1 })
        else { throw .weightShape(name, expected: expected, actual: shape) }
      }
      var status: herr_t = 0
      let tensor = Tensor(shape: shape) { target in
        target.update(repeating: 0)
        if !target.isEmpty {
          status = H5Dread(dataset, cfv_hdf5_native_float(), 0, 0, 0, target.baseAddress)
        }
      }
      guard status >= 0 else { throw .weightData(name, reason: "its numbers cannot be read") }
      return tensor
    }
  }

  /// A matrix as float32 with its axes exchanged, read some rows at a time: dense weights are the bulk of many
  /// networks, and lie the other way round in Keras.
  ///
  /// - Throws: `KerasError.Problem` naming the weight.
  func transposedMatrix(_ path: String, name: String, expected: [Int?])
    throws(KerasError.Problem) -> Tensor
  {
    try withDataset(path, name: name) { dataset, shape throws(KerasError.Problem) in
      guard shape.count == 2, zip(shape, expected).allSatisfy({ $1 == nil || $0 == $1 }) else {
        throw .weightShape(name, expected: expected, actual: shape)
      }
      let (rows, columns) = (shape[0], shape[1])
      var isRead = true
      let tensor = Tensor(shape: [columns, rows]) { target in
        let blockRows = max(1, min(rows, Self.blockCount / max(columns, 1)))
        var block = [Float](repeating: 0, count: blockRows * columns)
        for first in stride(from: 0, to: rows, by: blockRows) where isRead && columns > 0 {
          let count = min(blockRows, rows - first)
          isRead = Self.readRows(first..<(first + count), columns, of: dataset, into: &block)
          for column in 0..<columns {
            let start = column * rows + first
            for row in 0..<count { target[start + row] = block[row * columns + column] }
          }
        }
      }
      guard isRead else { throw .weightData(name, reason: "its numbers cannot be read") }
      return tensor
    }
  }

  /// The numbers that are read at once.
  private static let blockCount = 1 << 20

  private static func readRows(
    _ rows: Range<Int>, _ columns: Int, of dataset: hid_t, into block: inout [Float]
  ) -> Bool {
    var start = [hsize_t(rows.lowerBound), 0]
    var count = [hsize_t(rows.count), hsize_t(columns)]
    let file = H5Dget_space(dataset)
    guard file >= 0 else { return false }
    defer { H5Sclose(file) }
    let memory = H5Screate_simple(2, &count, nil)
    guard memory >= 0 else { return false }
    defer { H5Sclose(memory) }
    return H5Sselect_hyperslab(file, H5S_SELECT_SET, &start, nil, &count, nil) >= 0
      && H5Dread(dataset, cfv_hdf5_native_float(), memory, file, 0, &block) >= 0
  }

  /// The shape of an array of numbers.
  ///
  /// - Throws: `KerasError.Problem` naming the weight.
  func shape(_ path: String, name: String) throws(KerasError.Problem) -> [Int] {
    try withDataset(path, name: name) { _, shape in shape }
  }

  private func withDataset<Result>(
    _ path: String, name: String,
    _ body: (hid_t, [Int]) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result {
    guard contains(path) else { throw .missingWeight(name) }
    let dataset = H5Dopen2(identifier, path, 0)
    guard dataset >= 0 else { throw .weightData(name, reason: "'\(path)' is no dataset") }
    defer { H5Dclose(dataset) }
    return try body(
      dataset, try HDF5DatasetShape(dataset, name: name, fileSize: size).extents)
  }
}
