import Foundation

extension OutputFile {
  /// A file for each picture: the one that `output` names, or files in the folder of that name that carry what is drawn.
  ///
  /// `loss3/classifier-1+7` gives `loss3_classifier-1+7.png`.
  ///
  /// - Throws: `ToolError` where they could not be written, before any picture is made.
  static func pictures(at output: String, stems: [String]) throws -> [OutputFile] {
    guard !isFolder(output) else {
      return try PictureNames(stems).names.map { name in
        try OutputFile(output == "." ? name : (output as NSString).appendingPathComponent(name))
      }
    }
    guard ["png", "jpg", "jpeg", "npy", "svg"].contains(pathExtension(output)) else {
      throw ToolError(
        "cannot write '\(output)': pictures are written as .png or .jpg, their numbers as .npy")
    }
    guard stems.count == 1 else {
      throw ToolError("\(stems.count) pictures need a folder, not the one file '\(output)'")
    }
    return [try OutputFile(output)]
  }

  /// Whether numbers go into it, and no picture.
  var isArray: Bool { Self.pathExtension(path) == "npy" }

  /// Whether a chart of lines goes into it, and no picture.
  var isVector: Bool { Self.pathExtension(path) == "svg" }

  /// A file for a chart.
  ///
  /// - Throws: `ToolError` where it could not be written.
  init(chart path: String) throws {
    guard ["svg", "png", "jpg", "jpeg"].contains(Self.pathExtension(path)) else {
      throw ToolError("cannot write '\(path)': charts are written as .svg, .png or .jpg")
    }
    try self.init(path)
  }

  /// A file for one picture.
  ///
  /// - Throws: `ToolError` where it could not be written, before the picture is made.
  init(picture path: String) throws {
    try Self.validatePictureName(path)
    try self.init(path)
  }

  /// Finds out whether there is room for a picture.
  ///
  /// How far it can be compressed shows when it is made; one that looks like something takes more than this.
  func checkRoom(forPicture extent: PictureExtent, channels: Int) throws {
    let count = extent.height * extent.width * channels
    // Of an array, a header and four bytes a number.
    try checkRoom(
      for: isArray ? 128 + 4 * count : max(1, count / (Self.pathExtension(path) == "png" ? 4 : 16)))
  }

  /// Whether pictures go into a folder of this name: one that is there, or a name that is no file's.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      return isFolder.boolValue || !pictureExtensions.contains(pathExtension(path))
    }
    return path.hasSuffix("/") || !pictureExtensions.contains(pathExtension(path))
  }

  private static func validatePictureName(_ path: String) throws {
    guard ["png", "jpg", "jpeg"].contains(pathExtension(path)) else {
      throw ToolError("cannot write '\(path)': pictures are written as .png or .jpg")
    }
  }

  private static func pathExtension(_ path: String) -> String {
    (path as NSString).pathExtension.lowercased()
  }

  /// Endings of names that mean a picture, those that are not written included.
  private static let pictureExtensions: Set = [
    "png", "jpg", "jpeg", "npy", "svg", "gif", "tif", "tiff", "bmp", "webp", "heic", "avif", "jxl",
  ]
}
