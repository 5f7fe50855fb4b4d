internal import CFVFiles
public import Foundation

/// A gallery in a folder: drawn by any number of workers that share nothing else, stopped and gone on with at any time, and
/// merged into a site.
///
///     let gallery = try Gallery(at: folder, plan: plan)
///     try gallery.draw(by: drawing)
///     try gallery.merge(of: network)
public struct Gallery: Sendable {
  /// What it shows.
  public let plan: GalleryPlan
  let paths: GalleryPaths

  /// The site's page, once it is merged.
  public var page: URL { paths.folder.appendingPathComponent("index.html") }

  /// The gallery that a folder holds.
  ///
  /// - Throws: `GalleryError.missing` where there is none, `.unreadable`.
  public init(at folder: URL) throws(GalleryError) {
    paths = GalleryPaths(folder: folder)
    guard let plan = try Self.plan(in: paths) else { throw .missing(folder: paths.name) }
    self.plan = plan
  }

  /// The gallery of a plan in a folder, which is made where it is missing.
  ///
  /// - Parameter refreshing: whether the plan may take the place of another. Units that the new plan draws by the same
  ///   network, recipe, version and instruction set stay; the others are drawn anew.
  /// - Throws: `GalleryError.otherPlan` where the folder's plan is another and may not be replaced, `.foreignFolder` where it
  ///   holds something else, `.busy` where others draw by the plan that shall be replaced, `.unreadable`, `.unwritable`.
  public init(
    at folder: URL, plan: GalleryPlan, refreshing: Bool = false
  ) throws(GalleryError) {
    self.plan = plan
    paths = GalleryPaths(folder: folder)
    try Self.refuseForeign(paths)
    try Durable.makeFolder(paths.work)
    // Of workers that begin together one writes the plan, and the others find it.
    let lock = try FileLock(paths.planLock, waits: true)
    defer { withExtendedLifetime(lock) {} }
    if let earlier = try Self.plan(in: paths) {
      let differences = earlier.differences(from: plan)
      if differences.isEmpty { return }
      guard refreshing else {
        throw .otherPlan(folder: paths.name, differences: differences)
      }
      guard let drawing = try FileLock(paths.drawingLock) else {
        throw .busy(folder: paths.name, reason: "other commands draw by the plan that it has")
      }
      defer { withExtendedLifetime(drawing) {} }
      try write()
    } else {
      try write()
    }
  }

  private func write() throws(GalleryError) {
    try Durable.write(Data((JSONText.line(plan) + "\n").utf8), to: paths.plan)
  }

  /// The plan of a folder; `nil` where it has none.
  private static func plan(in paths: GalleryPaths) throws(GalleryError) -> GalleryPlan? {
    guard FileManager.default.fileExists(atPath: paths.plan.path) else { return nil }
    let file = WholeFile(paths.plan)
    do {
      return try JSONDecoder().decode(GalleryPlan.self, from: file.read(atMost: largestPlan))
    } catch let failure as FileFailure {
      throw .unreadable(file: file.name, reason: failure.reason)
    } catch {
      throw .unreadable(file: file.name, reason: "it is no plan of a gallery, or damaged")
    }
  }

  /// The most bytes of a plan: one of the most units has less.
  private static let largestPlan = 1 << 28

  /// Refuses a folder of somebody's files: what lies in a gallery's folders and belongs to no unit is removed.
  private static func refuseForeign(_ paths: GalleryPaths) throws(GalleryError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: paths.folder.path)) ?? []
    // Another worker may just be making the folder.
    guard !FileManager.default.fileExists(atPath: paths.plan.path),
      names.contains(where: { $0 != paths.work.lastPathComponent })
    else { return }
    throw .foreignFolder(paths.name)
  }
}
