import Foundation

/// Finds the target's resources.
///
/// SwiftPM's own `Bundle.module` stops the program where they are missing; a person who moved the executable
/// without them deserves a message, and one who made a symbolic link to it deserves that it works.
enum ResourceFolder {
  /// The resource of this name.
  ///
  /// - Throws: `EmbeddedNetworkError.missing` with the folders looked into.
  static func url(of file: String) throws(EmbeddedNetworkError) -> URL {
    let folders = candidates
    for folder in folders {
      let url = folder.appendingPathComponent("Resources").appendingPathComponent(file)
      if FileManager.default.fileExists(atPath: url.path) { return url }
    }
    throw .missing(file: file, searched: folders.map(\.path))
  }

  /// Where SwiftPM and Xcode put a target's bundle: beside the executable, in an application's or framework's
  /// resources, beside a bundle of tests.
  private static var candidates: [URL] {
    let main = Bundle.main
    var places = [main.resourceURL, main.bundleURL]
    places.append(main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent())
    #if canImport(Darwin)
      let own = Bundle(for: Anchor.self)
      places += [own.resourceURL, own.bundleURL, own.bundleURL.deletingLastPathComponent()]
      let name = "swift-feature-visualization_EmbeddedNetworks.bundle"
    #else
      let name = "swift-feature-visualization_EmbeddedNetworks.resources"
    #endif
    var folders: [URL] = []
    for place in places.compactMap({ $0?.appendingPathComponent(name).standardizedFileURL })
    where !folders.contains(place) {
      folders.append(place)
    }
    #if canImport(Darwin)
      // A bundle on Apple platforms may keep its resources one level deeper.
      folders += folders.map { $0.appendingPathComponent("Contents/Resources") }
    #endif
    return folders
  }

  #if canImport(Darwin)
    /// Stands for the image of code that this module was linked into.
    private final class Anchor {}
  #endif
}
