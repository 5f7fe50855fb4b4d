internal import CFVFiles
internal import ConvolutionalNetworks
internal import Foundation

/// Reads weights in several files by their index. All that is wrong with the files is told at once.
enum ShardedWeights {
  /// More files than any network is cut into; each stays open.
  private static let mostFiles = 512
  private static let leastMemory = 1 << 20
  private static let mostNamed = 10

  /// The tensors that `index` lists, from the files in `folder`.
  static func content(of bytes: FileBytes, in folder: URL, limits: ReadingLimits)
    throws(WeightsFileError.Problem) -> WeightsContent
  {
    let index = try ShardIndex(bytes, limits: limits)
    var files: [String] = []
    var seen: Set<String> = []
    for place in index.places where seen.insert(place.file).inserted { files.append(place.file) }
    guard !files.isEmpty else { throw .damaged(reason: "it lists no tensors") }
    guard files.count <= mostFiles else {
      throw .shards(reason: "it names \(files.count) files, and at most \(mostFiles) are read")
    }
    let outside = files.filter { $0.isEmpty || $0.hasPrefix(".") || $0.contains("/") }
    guard outside.isEmpty else {
      throw .shards(reason: "it names files outside its folder: \(list(outside))")
    }
    let shards = try open(files, in: folder, limits: limits)
    var entries: [StateDictionary.Entry] = []
    var missing: [String] = []
    for place in index.places {
      if let entry = shards[place.file]?.entries[place.tensor] {
        entries.append(entry)
      } else {
        missing.append("'\(place.tensor)' in '\(place.file)'")
      }
    }
    guard missing.isEmpty else {
      throw .shards(reason: "its files lack \(list(missing)): they are others, or not complete")
    }
    var metadata = index.metadata
    for file in files {
      metadata.merge(shards[file]?.metadata ?? [:]) { first, _ in first }
    }
    return WeightsContent(groups: [TensorGroup(path: "", entries: entries)], metadata: metadata)
  }

  private static func open(_ files: [String], in folder: URL, limits: ReadingLimits)
    throws(WeightsFileError.Problem) -> [String: StateDictionary]
  {
    // All of them together may take what one file may.
    var share = limits
    share.baseMemory = max(limits.baseMemory / files.count, leastMemory)
    var shards: [String: StateDictionary] = [:]
    var failures: [String] = []
    for file in files {
      do throws(WeightsFileError) {
        let bytes: FileBytes
        do throws(FileFailure) {
          bytes = try FileBytes(folder.appendingPathComponent(file))
        } catch {
          throw WeightsFileError(file: file, problem: .unreadable(reason: error.reason))
        }
        shards[file] = try StateDictionary(bytes, limits: share)
      } catch {
        failures.append("'\(file)' \(error.place.map { "(\($0)) " } ?? "")\(error.reason)")
      }
    }
    guard failures.isEmpty else {
      throw .shards(reason: "of the \(files.count) files that it names, \(list(failures))")
    }
    return shards
  }

  private static func list(_ items: [String]) -> String {
    items.prefix(mostNamed).joined(separator: ", ")
      + (items.count > mostNamed ? " and \(items.count - mostNamed) more" : "")
  }
}
