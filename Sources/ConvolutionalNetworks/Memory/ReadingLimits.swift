/// What reading a file may cost: bounds that keep a small file from taking a machine's memory or time.
///
/// A file of `n` bytes may make the process allocate `baseMemory + memoryPerByte · n` bytes.
public struct ReadingLimits: Sendable, Equatable {
  /// The bytes that a file of any size may make the process allocate; 256 MB (2²⁸ bytes) by default.
  public var baseMemory: Int
  /// The further bytes for each byte of the file; 8 by default.
  public var memoryPerByte: Int
  /// The most nodes, layers, tensors or objects that a file may describe; 1,000,000 by default.
  public var nodes: Int
  /// The deepest nesting of what a file describes, such as models within models; 256 by default.
  public var depth: Int

  /// The default limits, but for those given.
  public init(
    baseMemory: Int = 1 << 28, memoryPerByte: Int = 8, nodes: Int = 1_000_000, depth: Int = 256
  ) {
    self.baseMemory = baseMemory
    self.memoryPerByte = memoryPerByte
    self.nodes = nodes
    self.depth = depth
  }

  /// The bytes that a file of `fileSize` bytes may make the process allocate.
  public func memory(forFileOf fileSize: Int) -> Int {
    let (further, overflows) = fileSize.multipliedReportingOverflow(by: max(memoryPerByte, 0))
    let (sum, overflowsToo) = further.addingReportingOverflow(max(baseMemory, 0))
    return overflows || overflowsToo ? .max : sum
  }
}
