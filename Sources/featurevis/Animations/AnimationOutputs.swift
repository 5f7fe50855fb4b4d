import ConvolutionalNetworks
import FeatureVisualization
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
  ///   - form: how the pictures lie in the network's input.
  ///   - memoryLimit: the bytes that frames may take.
  /// - Throws: `ToolError` where the files could not be written, or frames would take more memory.
  init?(
    _ options: AnimationOptions, of drawings: [Drawing], stems: [String], form: InputForm,
    memoryLimit: Int
  ) throws {
    guard let path = options.path else { return nil }
    steps = try drawings.map { try options.steps(ofRun: $0.preset.totalIterations) }
    (delay, loops) = (options.frameDelay ?? 0.1, options.loops ?? 0)
    let counts = zip(drawings, steps).flatMap { drawing, steps in
      drawing.seeds.map { _ in steps.count + 1 }
    }
    let memory = AnimationMemory(drawings, steps, form)
    // Before there is a name for each frame.
    try memory.check(isOneFile: Self.isFile(path), limit: memoryLimit)
    place = try Self.place(path, stems: stems, frameCounts: counts)
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

  /// Whether one file of all frames is meant.
  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return ["gif", "png", "apng"].contains((path as NSString).pathExtension.lowercased())
      && !path.hasSuffix("/") && !(exists && isFolder.boolValue)
  }

  private static func place(
    _ path: String, stems: [String], frameCounts: [Int]
  ) throws -> Place {
    if isFile(path) { return .file(try OutputFile(path)) }
    let ending = (path as NSString).pathExtension.lowercased()
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
}

extension Drawing {
  /// The pixels of each picture, as far as the recipe says it.
  var pixelCount: Int { (recipe.canvas ?? recipe.size ?? []).reduce(1, *) }
}
