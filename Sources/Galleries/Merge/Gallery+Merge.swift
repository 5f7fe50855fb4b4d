public import ConvolutionalNetworks
internal import Foundation
internal import PictureFiles

extension Gallery {
  /// Makes the site of all units, which are drawn: `index.html`, its scripts and data, and `manifest.json`.
  ///
  /// The site is the same bytes however its units were drawn, and by how many workers. What lies in its folders and belongs to
  /// no unit is removed.
  ///
  /// - Parameters:
  ///   - network: the network as it was drawn.
  ///   - heldInputs: what its other inputs hold.
  ///   - memoryLimit: the bytes that a run may take; half of those that the system lets the process have unless given.
  ///   - onProgress: told how many pictures of how many have gone through the network.
  /// - Throws: `GalleryError.incomplete` naming the units without a picture, `.busy` where somebody draws; what reading
  ///   pictures and running the network throw.
  public func merge(
    of network: NeuralNetwork, heldInputs: [String: Tensor] = [:], memoryLimit: Int? = nil,
    onProgress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    guard let lock = try FileLock(paths.drawingLock) else {
      throw GalleryError.busy(
        folder: paths.name, reason: "another command draws into it; merge after it")
    }
    defer { withExtendedLifetime(lock) {} }
    try plan.validate(for: network, heldInputs, in: paths)
    let records = try wholeRecords()
    var done = 0
    let setting = try MergeSetting(network, heldInputs, memoryLimit) { count in
      done += count
      onProgress(done, records.count)
    }
    let layers = try MergedLayers(plan, paths, records, setting).layers
    let graph = LayerGraph(of: network, showing: Set(plan.layers.map(\.position)))
    var files = SiteData(plan: plan, layers: layers, graph: graph).scripts
    files.append(("manifest.json", JSONText.line(GalleryManifest(plan, layers)) + "\n"))
    // The page comes last: where it is, all that it needs is there.
    files += SiteFiles.all
    for (path, text) in files {
      let file = paths.folder.appendingPathComponent(path)
      try Durable.makeFolder(file.deletingLastPathComponent())
      try Durable.write(Data(text.utf8), to: file)
    }
    let kept = Set(
      files.map(\.path) + records.values.flatMap { $0.files.values.map(\.path) })
    try Leftovers.remove(from: paths, except: kept)
  }

  /// The records of all units, whose files are whole.
  private func wholeRecords() throws(GalleryError) -> [GalleryUnit: UnitRecord] {
    let noted = try Journal.records(in: paths, of: plan)
    let whole = noted.filter { $0.value.files.values.allSatisfy { $0.isWhole(in: paths) } }
    let missing = plan.units.filter { whole[$0] == nil }
    guard missing.isEmpty else {
      throw .incomplete(
        folder: paths.name, missing: missing, total: whole.count + missing.count)
    }
    return whole
  }
}
