internal import CFVFiles
internal import ConvolutionalNetworks

/// A tensor that lies in a file.
struct StoredTensor: Sendable {
  let type: ElementType
  let layout: StridedLayout
  /// Where the first element lies.
  private let offset: Int
  private let bytes: FileBytes

  /// The tensor whose elements begin `first` elements into the stretch `storage` of `bytes`.
  ///
  /// - Throws: `WeightsFileError.Problem.layout` where elements lie outside the storage.
  init(
    _ type: ElementType, _ layout: StridedLayout, first: Int, storage: Range<Int>,
    of bytes: FileBytes
  ) throws(WeightsFileError.Problem) {
    let extent = try layout.extent()
    let available = storage.count / type.byteCount
    guard first >= 0, first <= available, extent <= available - first else {
      throw .layout(
        reason: """
          elements \(first) to \(first.addingReportingOverflow(extent).partialValue) \
          lie outside a storage of \(available)
          """)
    }
    self.type = type
    self.layout = layout
    self.bytes = bytes
    offset = storage.lowerBound + first * type.byteCount
  }

  /// Reads the elements, each rounded to the nearest `Float`.
  func read(_ limits: ReadingLimits = ReadingLimits()) throws(WeightsFileError.Problem) -> Tensor {
    var budget = ReadingBudget(limits, fileSize: bytes.count)
    if layout.isContiguous { return try contiguous(layout.shape, &budget) }
    let span = try contiguous([try layout.extent()], &budget)
    var tensor = try Self.allocate(layout.shape, &budget)
    tensor.withUnsafeMutableBufferPointer { target in
      guard let to = target.baseAddress else { return }
      span.withUnsafeBufferPointer { layout.gather(from: $0.baseAddress!, to: to) }
    }
    return tensor
  }

  /// The numbers from the first element on, read without a copy where the file has them as `Float`.
  private func contiguous(_ shape: [Int], _ budget: inout ReadingBudget)
    throws(WeightsFileError.Problem) -> Tensor
  {
    var tensor = try Self.allocate(shape, &budget)
    var failure: FileFailure?
    tensor.withUnsafeMutableBufferPointer { target in
      do throws(FileFailure) { try fill(target) } catch { failure = error }
    }
    if let failure { throw .unreadable(reason: failure.reason) }
    return tensor
  }

  /// A tensor whose elements are to be written.
  private static func allocate(_ shape: [Int], _ budget: inout ReadingBudget)
    throws(WeightsFileError.Problem) -> Tensor
  {
    let count = shape.reduce(1, *)
    do throws(ReadingBudget.Exceeded) {
      try budget.take(count, of: MemoryLayout<Float>.stride)
    } catch {
      throw .exceedsLimits(reason: "\(error)")
    }
    guard let tensor = Tensor(allocating: shape) else {
      throw .exceedsLimits(reason: "there is no memory for its \(count) numbers")
    }
    return tensor
  }

  private func fill(_ target: UnsafeMutableBufferPointer<Float>) throws(FileFailure) {
    #if _endian(little)
      if type == .float32 {
        try bytes.read(at: offset, into: UnsafeMutableRawBufferPointer(target))
        return
      }
    #endif
    var block = [UInt8](repeating: 0, count: Self.blockCount * type.byteCount)
    var done = 0
    while done < target.count {
      let count = min(Self.blockCount, target.count - done)
      let part = UnsafeMutableBufferPointer(rebasing: target[done..<(done + count)])
      var failure: FileFailure?
      block.withUnsafeMutableBytes { buffer in
        let source = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * type.byteCount)])
        do throws(FileFailure) {
          try bytes.read(at: offset + done * type.byteCount, into: source)
          type.decode(UnsafeRawBufferPointer(source), into: part)
        } catch { failure = error }
      }
      if let failure { throw failure }
      done += count
    }
  }

  /// The elements that are read at once where they have to be converted: enough to be fast, little memory.
  private static let blockCount = 1 << 16
}
