internal import CFVFiles
internal import Foundation

/// The units that a worker has finished: a line of JSON each, which are only ever appended.
///
/// A line that is torn, since its writer was killed or the disk was full, is no JSON and counts for nothing: its unit is
/// drawn again.
enum Journal {
  /// A line.
  struct Entry: Codable {
    /// The key of the plan that the unit was drawn by.
    let key: String
    let record: UnitRecord
  }

  /// The records of a plan in all journals of a folder, by unit.
  static func records(in paths: GalleryPaths, of plan: GalleryPlan) throws(GalleryError)
    -> [GalleryUnit: UnitRecord]
  {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: paths.work.path) } catch {
      throw .unreadable(file: paths.work.relativePath, reason: error.localizedDescription)
    }
    let (key, planned) = (plan.key, Set(plan.units))
    var records: [GalleryUnit: UnitRecord] = [:]
    for name in names.sorted() where name.hasSuffix(".jsonl") {
      for entry in try entries(in: paths.work.appendingPathComponent(name))
      where entry.key == key && planned.contains(entry.record.unit) {
        records[entry.record.unit] = entry.record
      }
    }
    return records
  }

  /// The whole lines of a journal.
  private static func entries(in file: URL) throws(GalleryError) -> [Entry] {
    let text: String
    do { text = String(decoding: try WholeFile(file).read(), as: UTF8.self) } catch {
      throw .unreadable(file: file.relativePath, reason: error.reason)
    }
    return text.split(separator: "\n").compactMap { JSONText.value(Entry.self, $0) }
  }
}
