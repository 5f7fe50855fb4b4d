extension ProgramCompiler {
  /// Lets values that are only concatenated be written where the concatenation has them, so that nothing is
  /// copied: forward their kernels write into the slices, backward they read their gradients there.
  ///
  /// A value that is tapped, an input, a view, or read by something else stays as it is, and so does one
  /// whose kernel cannot write slices.
  mutating func placeConcatenatedValues() {
    var uses = [Int](repeating: 0, count: buffers.count)
    for draft in drafts { for input in draft.inputs { uses[input] += 1 } }
    for buffer in buffers { if let source = buffer.aliased { uses[source] += 1 } }
    for name in graph.tapped { if let buffer = placed[name] { uses[buffer] += 1 } }
    var writers: [Int: Draft] = [:]
    for draft in drafts where draft.outputs.count == 1 { writers[draft.outputs[0]] = draft }

    // The last first: a concatenation that is a part of a later one has its place settled.
    for draft in drafts.reversed() {
      let output = draft.outputs[0]
      let shape = buffers[output].shape
      guard let axis = concatenatedAxis(draft) else { continue }
      let joinsRows = axis == shape.count - 1
      // Where one part follows the other as a whole, each is laid out as it would be by itself.
      guard joinsRows || shape[..<axis].allSatisfy({ $0 == 1 }) else { continue }
      var offset = 0
      for input in draft.inputs {
        let part = buffers[input]
        let step = joinsRows ? buffers[output].step : part.step
        if uses[input] == 1, part.aliased == nil, part.isConstant == buffers[output].isConstant,
          let writer = writers[input], step == part.step || writesSlices(writer)
        {
          buffers[input].aliased = output
          buffers[input].slice = Slice(offset: offset, step: step)
        }
        offset += joinsRows ? part.shape[axis] : part.count
      }
    }
  }

  /// The axis in memory along which a step concatenates; `nil` for other operations.
  private func concatenatedAxis(_ draft: Draft) -> Int? {
    guard let concatenation = draft.node?.operation as? Concatenation else { return nil }
    let rank = buffers[draft.outputs[0]].shape.count
    guard let axis = try? normalizedAxis(concatenation.axis, rank: rank) else { return nil }
    return draft.arrangement.place(axis: axis, rank: rank)
  }

  /// Whether the kernel of a step can put the rows of its output apart.
  private func writesSlices(_ draft: Draft) -> Bool {
    guard let axis = concatenatedAxis(draft) else {
      return draft.node?.operation is any SliceWriting
    }
    return axis == buffers[draft.outputs[0]].shape.count - 1
  }

  /// Whether a buffer is a slice of another.
  func isSlice(_ buffer: Int, of whole: Int) -> Bool {
    buffers[buffer].slice != nil && buffers[buffer].aliased == whole
  }
}
