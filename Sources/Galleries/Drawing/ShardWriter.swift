internal import ConvolutionalNetworks
internal import Foundation
internal import PictureFiles

/// Puts a shard's pictures and records on the disk, and knows which of its units are finished.
final class ShardWriter {
  /// The records of the shard's finished units.
  private(set) var records: [GalleryUnit: UnitRecord]
  /// The shard's units, in order.
  let units: [GalleryUnit]
  private let paths: GalleryPaths
  private let layers: [String: GalleryPlan.Layer]
  private let journal: JournalWriter
  private let drawing: FileLock

  /// - Throws: `GalleryError.busy` where somebody draws this shard, or merges; `.unreadable`, `.unwritable`.
  init(_ shard: Shard, of gallery: Gallery) throws(GalleryError) {
    let paths = gallery.paths
    self.paths = paths
    guard let lock = try FileLock(paths.drawingLock, isShared: true) else {
      throw .busy(
        folder: paths.name, reason: "another command merges or refreshes it; try again after it")
    }
    drawing = lock
    journal = try JournalWriter(of: shard, in: paths, key: gallery.plan.key)
    layers = Dictionary(uniqueKeysWithValues: gallery.plan.layers.map { ($0.name, $0) })
    units = gallery.plan.units(of: shard)
    let noted = try Journal.records(in: paths, of: gallery.plan)
    let own = Set(units)
    records = noted.filter { unit, record in
      own.contains(unit) && record.files.values.allSatisfy { $0.isWhole(in: paths) }
    }
  }

  /// The units of a layer that are not finished, in order.
  func pending(of layer: GalleryPlan.Layer) -> [GalleryUnit] {
    units.filter { $0.layer == layer.name && records[$0] == nil }
  }

  /// Notes a unit as finished, once its picture, if it has one, is on the disk.
  func finish(_ record: UnitRecord, _ picture: Tensor?) throws(GalleryError) {
    var record = record
    if let picture, let layer = layers[record.unit.layer] {
      let path = GalleryPaths.picture(of: record.unit.unit, in: layer)
      let file = paths.folder.appendingPathComponent(path)
      try Durable.makeFolder(file.deletingLastPathComponent())
      do { try PictureFile(file).write(picture) } catch {
        throw .unwritable(file: file.relativePath, reason: error.reason)
      }
      try Durable.synchronize(file.deletingLastPathComponent())
      guard let digest = Durable.digest(of: file) else {
        throw .unreadable(file: file.relativePath, reason: "it was just written")
      }
      record.files["picture"] = .init(path: path, sha256: digest)
    }
    try journal.append(record)
    records[record.unit] = record
  }
}

extension UnitRecord.File {
  /// Whether its bytes are those that were written.
  func isWhole(in paths: GalleryPaths) -> Bool {
    Durable.digest(of: paths.folder.appendingPathComponent(path)) == sha256
  }
}
