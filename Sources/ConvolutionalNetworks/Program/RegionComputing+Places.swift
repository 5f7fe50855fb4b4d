// Operations that put elements elsewhere.

extension Concatenation: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let axis = try? normalizedAxis(axis, rank: region.axes.count),
      region.axes[axis] == 0..<shapes.reduce(0, { $0 + $1[axis] })
    else { return nil }
    return RegionComputation(
      operation: self,
      inputs: shapes.map { shape in
        var part = region
        part.axes[axis] = 0..<shape[axis]
        return part
      })
  }
}

extension Split {
  /// The smallest parts of the outputs that have what is wanted of each, and come from one part of the input; `nil`
  /// where that is everything.
  ///
  /// - Parameter wanted: a part of each output; `nil` where nobody reads one.
  func computing(_ wanted: [ValueRegion?], input shape: [Int], outputs: [[Int]])
    -> (read: ValueRegion, outputs: [ValueRegion])?
  {
    guard let axis = try? normalizedAxis(axis, rank: shape.count) else { return nil }
    var read: ValueRegion?
    for case var region? in wanted {
      region.axes[axis] = 0..<shape[axis]
      read = read?.union(region) ?? region
    }
    guard let read, !read.isWhole(of: shape) else { return nil }
    return (
      read,
      outputs.map { output in
        var part = read
        part.axes[axis] = 0..<output[axis]
        return part
      }
    )
  }
}

extension Transpose: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    var read = region
    for (target, source) in axes(rank: region.axes.count).enumerated() {
      read.axes[source] = region.axes[target]
    }
    return RegionComputation(operation: self, inputs: [read])
  }
}

extension Slice: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let taken = try? ranges(for: shapes[0]), taken.allSatisfy({ $0.step > 0 }) else {
      return nil
    }
    var read = ValueRegion(whole: shapes[0])
    var starts: [Int] = []
    for (axis, (range, part)) in zip(taken, region.axes).enumerated() {
      // An axis of which everything is wanted, such as the channels, stays as it is.
      let isWhole = part == 0..<range.count
      let first = range.start + part.lowerBound * range.step
      if !isWhole { read.axes[axis] = first..<(first + (part.count - 1) * range.step + 1) }
      starts.append(isWhole ? first : 0)
    }
    return RegionComputation(
      operation: Slice(
        starts: .constant(starts),
        ends: .constant(
          starts.indices.map { axis in
            starts[axis] + (region.axes[axis].count - 1) * taken[axis].step + 1
          }),
        axes: .constant(Array(starts.indices)), steps: .constant(taken.map(\.step))),
      inputs: [read])
  }
}

extension Pad: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard let paddings = try? paddings(rank: region.axes.count) else { return nil }
    var read = ValueRegion(whole: shapes[0])
    var (before, after): ([Int], [Int]) = ([], [])
    for (axis, part) in region.axes.enumerated() {
      let (extent, padding) = (shapes[0][axis], paddings[axis])
      // An axis of which everything is wanted, such as the channels, stays as it is.
      guard part != 0..<(padding.before + extent + padding.after) else {
        before.append(padding.before)
        after.append(padding.after)
        continue
      }
      let first = part.lowerBound - padding.before
      let inside = (first..<first + part.count).clamped(to: 0..<extent)
      guard !inside.isEmpty else { return nil }
      read.axes[axis] = inside
      before.append(inside.lowerBound - first)
      after.append(part.count - inside.count - (inside.lowerBound - first))
      if case .constant = mode { continue }
      // Cells mirrored at the edge of a part would be others.
      guard inside.count == part.count else { return nil }
    }
    return RegionComputation(
      operation: Pad(mode, amounts: .constant(before + after)), inputs: [read])
  }
}
