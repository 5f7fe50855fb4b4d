import ConvolutionalNetworks
import Foundation
import PictureFiles

/// The files that an animation goes into: one, or numbered pictures of each drawn picture.
struct AnimationOutputs {
  /// Where frames go.
  enum Place {
    /// An animation of all pictures side by side.
    case file(OutputFile)
    /// A file for each frame of each picture.
    case folders([[OutputFile]])
  }

  let place: Place
  /// The steps of each drawing before which its pictures are taken.
  let steps: [[Int]]
  let delay: Double
  let loops: Int

  /// Endings of names that mean films, and pictures that hold none here.
  private static let otherExtensions: Set = ["mp4", "m4v", "mov", "webm", "avi", "mkv"]

  /// `nil` where no animation is asked for.
  ///
  /// - Parameters:
  ///   - stems: what names of files are made of, one for each picture of the drawings.
  ///   - channels: those of the pictures.
  ///   - memoryLimit: the bytes that frames may take.
  /// - Throws: `ToolError` where the files could not be written, or frames would take more memory.
  init?(
    _ options: AnimationOptions, of drawings: [Drawing], stems: [String], channels: Int,
    memoryLimit: Int
  ) throws {
    guard let path = options.path else { return nil }
    steps = try drawings.map { try options.steps(ofRun: $0.preset.totalIterations) }
    (delay, loops) = (options.frameDelay ?? 0.1, options.loops ?? 0)
    let counts = zip(drawings, steps).flatMap { drawing, steps in
      drawing.seeds.map { _ in steps.count + 1 }
    }
    place = try Self.place(path, stems: stems, frameCounts: counts)
    try checkMemory(drawings, channels, limit: memoryLimit)
    for (drawing, steps) in zip(drawings, steps) {
      // A byte for four pixels of a frame at least, as of pictures.
      let count = drawing.pixelCount / 4 * (steps.count + 1) * drawing.seeds.count
      try files.first?.checkRoom(for: max(1, count))
    }
  }

  /// All of the files.
  var files: [OutputFile] {
    switch place {
    case .file(let file): [file]
    case .folders(let folders): folders.flatMap { $0 }
    }
  }

  private static func place(
    _ path: String, stems: [String], frameCounts: [Int]
  ) throws -> Place {
    let ending = (path as NSString).pathExtension.lowercased()
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if ["gif", "png", "apng"].contains(ending), !path.hasSuffix("/"),
      !(exists && isFolder.boolValue)
    {
      return .file(try OutputFile(path))
    }
    guard OutputFile.isFolder(path), !otherExtensions.contains(ending) else {
      throw ToolError(
        """
        cannot write '\(path)': an animation is written as .gif, .png or .apng, or as numbered pictures into a folder
        """)
    }
    let names = PictureNames(stems).names.map { ($0 as NSString).deletingPathExtension }
    return .folders(
      try zip(names, frameCounts).map { name, count in
        let folder = stems.count == 1 ? path : (path as NSString).appendingPathComponent(name)
        return try Self.numbers(count).map {
          try OutputFile((folder as NSString).appendingPathComponent("\($0).png"))
        }
      })
  }

  /// `0000`, `0001`: of as many digits as all of them need.
  private static func numbers(_ count: Int) -> [String] {
    let digits = max(4, "\(count - 1)".count)
    return (0..<count).map {
      let number = "\($0)"
      return String(repeating: "0", count: digits - number.count) + number
    }
  }

  /// Refuses frames that would take more than `limit`: those of one drawing as they are recorded and as they are shown, and
  /// all that are shown where they go into one file.
  private func checkMemory(_ drawings: [Drawing], _ channels: Int, limit: Int) throws {
    let pictures = zip(drawings, steps).map { drawing, steps in
      Double(drawing.pixelCount) * Double(drawing.seeds.count) * Double(steps.count + 1)
    }
    let bytes = Double(MemoryLayout<Float>.stride)
    var needed = (pictures.max() ?? 0) * bytes * Double(2 * channels + 3)
    if case .file = place { needed += pictures.reduce(0, +) * bytes * 3 }
    guard needed <= Double(limit) else {
      throw ToolError(
        """
        --animation: its frames would take \(Int(min(needed, 9e18) / 1e6).grouped) MB, more than the limit of \
        \((limit / 1_000_000).grouped) MB; take fewer with --animation-every, fewer --units or a smaller --size, or allow \
        more with --memory
        """)
    }
  }
}

extension Drawing {
  /// The pixels of each picture, as far as the recipe says it.
  fileprivate var pixelCount: Int { (recipe.canvas ?? recipe.size ?? []).reduce(1, *) }
}
