internal import CFVHDF5
internal import ConvolutionalNetworks

extension HDF5File {
  /// An array of numbers as float32, once its shape is what `expected` says (`nil` is any extent).
  ///
  /// - Throws: `KerasError.Problem` naming the weight.
  func tensor(_ path: String, name: String, expected: [Int?]?) throws(KerasError.Problem) -> Tensor
  {
    try withDataset(path, name: name) { dataset throws(KerasError.Problem) in
      let shape = dataset.extents
      if let expected { try Self.check(shape, expected, name: name) }
      try dataset.takeMemory(of: self, name: name)
      var status: herr_t = 0
      var tensor = try Self.allocate(shape, name: name)
      tensor.withUnsafeMutableBufferPointer { target in
        target.update(repeating: 0)
        if !target.isEmpty {
          status = H5Dread(dataset.identifier, cfv_hdf5_native_float(), 0, 0, 0, target.baseAddress)
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
    try withDataset(path, name: name) { dataset throws(KerasError.Problem) in
      let shape = dataset.extents
      try Self.check(shape, expected, name: name)
      let (rows, columns) = (shape[0], shape[1])
      try dataset.takeMemory(of: self, name: name)
      let blockRows = max(1, min(rows, Self.blockCount / max(columns, 1)))
      try take(blockRows * columns, of: MemoryLayout<Float>.stride)
      var isRead = true
      var tensor = try Self.allocate([columns, rows], name: name)
      tensor.withUnsafeMutableBufferPointer { target in
        var block = [Float](repeating: 0, count: blockRows * columns)
        for first in stride(from: 0, to: rows, by: blockRows) where isRead && columns > 0 {
          let count = min(blockRows, rows - first)
          isRead = Self.readRows(
            first..<(first + count), columns, of: dataset.identifier, into: &block)
          for column in 0..<columns {
            let start = column * rows + first
            for row in 0..<count { target[start + row] = block[row * columns + column] }
          }
        }
      }
      release(blockRows * columns, of: MemoryLayout<Float>.stride)
      guard isRead else { throw .weightData(name, reason: "its numbers cannot be read") }
      return tensor
    }
  }

  /// The shape of an array of numbers.
  ///
  /// - Throws: `KerasError.Problem` naming the weight.
  func shape(_ path: String, name: String) throws(KerasError.Problem) -> [Int] {
    try withDataset(path, name: name) { $0.extents }
  }

  /// The numbers that are read at once.
  private static let blockCount = 1 << 20

  private static func allocate(_ shape: [Int], name: String) throws(KerasError.Problem) -> Tensor {
    guard let tensor = Tensor(allocating: shape) else {
      throw .exceedsLimits(
        reason: "there is no memory for the \(shape.reduce(1, *)) numbers of weight '\(name)'")
    }
    return tensor
  }

  private static func check(_ shape: [Int], _ expected: [Int?], name: String)
    throws(KerasError.Problem)
  {
    guard shape.count == expected.count,
      zip(shape, expected).allSatisfy({ $1 == nil || $0 == $1 })
    else { throw .weightShape(name, expected: expected, actual: shape) }
  }

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

  private func withDataset<Result>(
    _ path: String, name: String,
    _ body: (HDF5Dataset) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result {
    guard try contains(path) else { throw .missingWeight(name) }
    let dataset = H5Dopen2(identifier, path, 0)
    guard dataset >= 0 else { throw .weightData(name, reason: "'\(path)' is no dataset") }
    defer { H5Dclose(dataset) }
    return try body(try HDF5Dataset(dataset, name: name, fileSize: size))
  }
}
