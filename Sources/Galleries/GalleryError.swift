/// What can be wrong with a gallery.
public enum GalleryError: Error, Equatable {
  /// A pattern or a choice of units that nothing fits.
  case layers(String)
  /// A shard that does not exist.
  case shard(String)
  /// A recipe that galleries are not drawn by.
  case recipe(String)
  /// The folder holds other files, and no gallery.
  case foreignFolder(String)
  /// The folder holds no gallery yet.
  case missing(folder: String)
  /// The folder's gallery is of something else.
  case otherPlan(folder: String, differences: [String])
  /// Another process works on the folder.
  case busy(folder: String, reason: String)
  /// The operating system does not let a file be read, or it is damaged.
  case unreadable(file: String, reason: String)
  /// The operating system does not let a file be written.
  case unwritable(file: String, reason: String)
  /// Units have no picture yet.
  case incomplete(folder: String, missing: [GalleryUnit], total: Int)
}

extension GalleryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .layers(let reason): "layers of a gallery: \(reason)"
    case .shard(let reason): "shard \(reason)"
    case .recipe(let reason): "recipe of a gallery: \(reason)"
    case .foreignFolder(let folder):
      "'\(folder)' holds files and no gallery: name a new folder, or an empty one"
    case .missing(let folder): "'\(folder)' holds no gallery"
    case .otherPlan(let folder, let differences):
      """
      the gallery in '\(folder)' is another: \(differences.joined(separator: "; ")). Name another folder, or draw this one \
      anew where it has to be (--refresh)
      """
    case .busy(let folder, let reason): "'\(folder)': \(reason)"
    case .unreadable(let file, let reason): "cannot read '\(file)': \(reason)"
    case .unwritable(let file, let reason): "cannot write '\(file)': \(reason)"
    case .incomplete(let folder, let missing, let total):
      """
      the gallery in '\(folder)' lacks \(missing.count) of \(total) units: \
      \(missing.prefix(10).map(\.description).joined(separator: ", "))\(missing.count > 10 ? ", …" : ""). Draw them first
      """
    }
  }
}
