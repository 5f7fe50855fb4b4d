internal import ConvolutionalNetworks
internal import FeatureVisualization

/// One worker's way through the units of its shard.
struct ShardRun {
  private let drawing: GalleryDrawing
  private let seed: UInt64
  private let writer: ShardWriter
  private let log: WorkerLog
  private let goesOn: () -> Bool
  private let onEvent: (GalleryEvent) -> Void
  private var drawn = 0
  /// What could not be drawn or written now, and may another time.
  private var failures: [GallerySummary.Failure] = []
  /// How many units in a row could not be written.
  private var unwritten = 0
  private let kept: Int

  init(
    of plan: GalleryPlan, _ drawing: GalleryDrawing, _ writer: ShardWriter, _ log: WorkerLog,
    while goesOn: @escaping () -> Bool, _ onEvent: @escaping (GalleryEvent) -> Void
  ) {
    (self.drawing, self.writer, self.log) = (drawing, writer, log)
    (self.goesOn, self.onEvent) = (goesOn, onEvent)
    seed = plan.recipe.seed ?? 0
    kept = writer.records.count
  }

  /// After so many units in a row that cannot be written, nothing can: a full disk, mostly.
  private static let mostUnwritten = 10

  /// What has become of the shard until now.
  var summary: GallerySummary {
    let final = writer.units.compactMap { unit in
      writer.records[unit]?.failure.map {
        GallerySummary.Failure(unit: unit, reason: $0, isFinal: true)
      }
    }
    return GallerySummary(
      drawn: drawn, kept: kept, failures: final + failures,
      remaining: writer.units.count - writer.records.count - failures.count)
  }

  /// Draws what is missing of a layer in batches.
  ///
  /// - Throws: `GalleryError.unwritable` where nothing can be written any more.
  mutating func draw(_ layer: GalleryPlan.Layer) throws(GalleryError) {
    var pending = writer.pending(of: layer)[...]
    var batch = drawing.batch
    while !pending.isEmpty, goesOn() {
      let units = Array(pending.prefix(batch))
      try draw(units, at: layer.position, &batch)
      pending = pending.dropFirst(units.count)
    }
  }

  /// Draws units together, or in halves where they cannot be: there is no memory for so many, or one of them fails.
  ///
  /// - Parameter batch: becomes what there is memory for.
  private mutating func draw(
    _ units: [GalleryUnit], at position: Int, _ batch: inout Int
  ) throws(GalleryError) {
    let start = ContinuousClock.now
    let seeds = units.map { $0.seed(from: seed) }
    let visualization: Visualization
    do {
      visualization = try drawing.pictures(of: units, at: position, seeds: seeds) { [self] in
        show($0, of: units)
      }
    } catch {
      if units.count > 1 {
        let half = units.count / 2
        if error.isOfMemory { batch = min(batch, half) }
        for part in [units.prefix(half), units.dropFirst(half)] where goesOn() {
          try draw(Array(part), at: position, &batch)
        }
      } else if case .neverFinite = error {
        try finish(UnitRecord(neverFinite: units[0], seed: seeds[0]), nil)
      } else {
        fail(units[0], "\(error)")
      }
      return
    }
    if visualization.isCancelled { return }
    for (index, unit) in units.enumerated() {
      let record = UnitRecord(unit, seed: seeds[index], visualization, picture: index)
      do {
        let picture = try record.score.map { _ in try drawing.visible(visualization.picture(index))
        }
        try finish(record, picture)
      } catch let error as GalleryError {
        throw error
      } catch {
        fail(unit, "\(error)")
      }
    }
    log.add("\(units.count) units of \(units[0].layer)", since: start)
  }

  /// Puts a unit on the disk, or tells why that cannot be.
  ///
  /// - Throws: `GalleryError.unwritable` where it has been so for several units in a row.
  private mutating func finish(_ record: UnitRecord, _ picture: Tensor?) throws(GalleryError) {
    do { try writer.finish(record, picture) } catch {
      fail(record.unit, "\(error)")
      unwritten += 1
      if unwritten >= Self.mostUnwritten { throw error }
      return
    }
    unwritten = 0
    drawn += 1
    if let score = record.score {
      onEvent(.finished(record.unit, score: score))
    } else {
      onEvent(.failed(record.unit, reason: record.failure ?? ""))
    }
  }

  private mutating func fail(_ unit: GalleryUnit, _ reason: String) {
    failures.append(.init(unit: unit, reason: reason, isFinal: false))
    onEvent(.failed(unit, reason: reason))
  }

  private func show(_ progress: VisualizationProgress, of units: [GalleryUnit]) {
    onEvent(
      .step(
        .init(
          units: units, completed: progress.completed, total: progress.total,
          finished: writer.records.count, all: writer.units.count, drawn: drawn)))
    if !goesOn() { progress.stop() }
  }
}

extension VisualizationError {
  /// Whether fewer pictures at once may have room.
  fileprivate var isOfMemory: Bool {
    switch self {
    case .tooMuchMemory, .outOfMemory: true
    default: false
    }
  }
}
