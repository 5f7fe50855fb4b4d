internal import Foundation

/// Where everything of a gallery lies in its folder.
///
/// Names are made of numbers, with what people recognise of a layer's name in letters that every file system knows: two
/// layers or units never meet in one file, whatever they are called.
struct GalleryPaths: Sendable {
  let folder: URL

  /// The path as it was given, for messages.
  var name: String { folder.relativePath }

  /// What the site does not need: the plan, workers' journals and logs, locks.
  var work: URL { folder.appendingPathComponent("work", isDirectory: true) }
  var plan: URL { work.appendingPathComponent("plan.json") }
  /// Locked while the plan is compared and written.
  var planLock: URL { work.appendingPathComponent("plan.lock") }
  /// Shared by all who draw; whoever replaces the plan or merges has it alone.
  var drawingLock: URL { work.appendingPathComponent("drawing.lock") }
  /// Where finished units are noted, by one worker.
  func journal(of shard: Shard) -> URL { workFile(of: shard, "jsonl") }
  /// When and where a worker drew.
  func log(of shard: Shard) -> URL { workFile(of: shard, "log") }

  private func workFile(of shard: Shard, _ ending: String) -> URL {
    work.appendingPathComponent("shard-\(shard.number)-of-\(shard.count).\(ending)")
  }

  /// The folder of all pictures.
  var pictures: URL { folder.appendingPathComponent("pictures", isDirectory: true) }

  /// How many units share a folder, and a page of the site.
  static let pageSize = 1000

  /// The path of a unit's picture from the gallery's folder on, which is also its address in the site.
  static func picture(of unit: Int, in layer: GalleryPlan.Layer) -> String {
    "pictures/\(folderName(of: layer))/\(padded(unit / pageSize, 3))/\(padded(unit, 4)).png"
  }

  /// `017-inception_3a_output`.
  static func folderName(of layer: GalleryPlan.Layer) -> String {
    let legible = layer.name.unicodeScalars.map { sign in
      sign.isASCII && (sign.properties.isAlphabetic || ("0"..."9").contains(sign) || sign == "-")
        ? Character(sign) : "_"
    }
    return "\(padded(layer.position, 3))-\(String(legible.prefix(60)))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
