internal import Foundation

extension Gallery {
  /// Draws the units of a shard that are not finished, layer by layer, and puts each on the disk.
  ///
  /// A unit is finished once its line stands in the worker's journal, behind its picture: what ends the process in between
  /// costs the units at hand, and nothing else. A unit that fails is told, and the others go on.
  ///
  /// - Parameters:
  ///   - shard: the units that this worker draws; all unless given.
  ///   - onEvent: told what happens, on this thread.
  ///   - goesOn: asked at every step; where it says no, the units at hand are given up.
  /// - Throws: `GalleryError.busy` where another worker draws this shard; `.unwritable` where several units in a row cannot
  ///   be written.
  @discardableResult
  public func draw(
    _ shard: Shard = .whole, by drawing: GalleryDrawing,
    onEvent: @escaping (GalleryEvent) -> Void = { _ in },
    while goesOn: @escaping () -> Bool = { true }
  ) throws(GalleryError) -> GallerySummary {
    let writer = try ShardWriter(shard, of: self)
    let log = WorkerLog(paths.log(of: shard))
    log.add("begins shard \(shard), process \(ProcessInfo.processInfo.processIdentifier)")
    var run = ShardRun(of: plan, drawing, writer, log, while: goesOn, onEvent)
    for layer in plan.layers { try run.draw(layer) }
    log.add("ends, \(run.summary.drawn) units drawn")
    return run.summary
  }
}
