internal import CFVKernels

/// Copies `source` to `target`, or accumulating adds it.
func add(
  _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, _ count: Int,
  _ accumulating: Bool
) {
  cfv_copy(source, target, count, accumulating ? 1 : 0)
}
