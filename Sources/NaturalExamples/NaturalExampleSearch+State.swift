internal import CFVFiles
public import Foundation

extension NaturalExampleSearch {
  /// Writes how far the search is, so that another one goes on from there.
  ///
  /// The file is JSON, the same bytes for the same state; it replaces an earlier one whole, or not at all.
  ///
  /// - Throws: `SearchStateError.unwritable`.
  /// - Complexity: O(units · (count + cells of a histogram)), and of the network's weights.
  public func save(to url: URL) throws(SearchStateError) {
    flush()
    let state = SearchState(
      network: networkDigest, layer: layer, units: units, size: sizeText, count: count,
      seen: seenCount, names: names.text, skippedCount: skippedCount, skipped: skipped,
      records: records)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      try WholeFile(url).write(try encoder.encode(state))
    } catch let failure as FileFailure {
      throw .unwritable(file: url.relativePath, reason: failure.reason)
    } catch {
      throw .unwritable(file: url.relativePath, reason: "\(error)")
    }
  }

  /// Goes on where a search was saved: what follows is the stream without its first `seenCount` items.
  ///
  /// - Parameter names: those of the whole stream, in order, of which as many are read as had been seen.
  /// - Throws: `SearchStateError` for a file that cannot be read or is damaged, that is of another network, layer, choice of
  ///   units, size or count, or of a stream that began with other names.
  /// - Precondition: nothing has been handed in yet.
  public func resume(
    from url: URL, names: some Sequence<String>
  ) throws(SearchStateError) {
    precondition(seenCount == 0, "\(seenCount) pictures have been handed in")
    let file = WholeFile(url)
    let state: SearchState
    do {
      state = try JSONDecoder().decode(
        SearchState.self, from: try file.read(atMost: SearchState.largestFile))
    } catch let failure as FileFailure {
      throw .unreadable(file: file.name, reason: failure.reason)
    } catch let error as DecodingError {
      throw .damaged(file: file.name, reason: SearchState.reason(of: error))
    } catch {
      throw .damaged(file: file.name, reason: error.localizedDescription)
    }
    for (what, saved, own) in [
      ("network", state.network, networkDigest), ("layer", state.layer, layer),
      ("choice of units", "\(state.units)", "\(units)"), ("size", state.size, sizeText),
      ("number of examples", "\(state.count)", "\(count)"),
    ] where saved != own {
      throw .other(
        file: file.name, what: what, saved: String(saved.prefix(60)), own: String(own.prefix(60)))
    }
    if let fault = state.fault(positions: positionCount) {
      throw .damaged(file: file.name, reason: fault)
    }
    var digest = NameDigest()
    var found = 0
    for name in names.lazy.prefix(state.seen) {
      digest.add(name)
      found += 1
    }
    guard found == state.seen, digest.text == state.names else {
      throw .otherPictures(file: file.name, seen: state.seen)
    }
    (records, self.names, seenCount) = (state.records, digest, state.seen)
    (skippedCount, skipped) = (state.skippedCount, state.skipped)
  }

  private var sizeText: String { "\(size.height)x\(size.width)x\(size.channels)" }
}
