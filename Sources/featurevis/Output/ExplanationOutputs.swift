import ConvolutionalNetworks
import NetworkFormats
import PictureFiles

/// The files that `explain` writes, none of which replaces another: a sheet, and an array for each map.
struct ExplanationOutputs {
  private let sheet: OutputFile?
  /// The arrays of each picture, a file for each method.
  private let arrays: [OutputFile]

  /// - Throws: `ToolError` where one of them could not be written or would replace another.
  init(
    sheet: String?, arrays: String?, pictures: [String], methods: [String], plan: OutputPlan
  ) throws {
    var plan = plan
    self.sheet = try sheet.map { try OutputFile(picture: $0) }
    try plan.writes(self.sheet, "--output")
    let stems = pictures.flatMap { picture in
      methods.map { "\(Explanation.stem(picture))-\($0)" }
    }
    self.arrays =
      try arrays.map { folder in
        try PictureNames(stems, fileExtension: "npy").names.map {
          try OutputFile("\(folder)/\($0)")
        }
      } ?? []
    for file in self.arrays { try plan.writes(file, "--arrays") }
  }

  /// Writes what was found of all pictures.
  func write(_ explanations: [Explanation], _ look: MapOptions) throws {
    let maps = explanations.flatMap(\.maps)
    for (file, map) in zip(arrays, maps) {
      try file.write { try NumPyFile($0).write(map.map.values) }
    }
    guard let sheet else { return }
    var cells: [Tensor] = []
    var captions: [String] = []
    for explanation in explanations {
      cells.append(explanation.picture)
      captions.append("\(explanation.title) \(explanation.value.short)")
      for (method, map) in explanation.maps {
        cells.append(look.overlay(of: map, over: explanation.picture))
        captions.append(method)
      }
    }
    let picture = ContactSheet(
      cells, captions: captions, columns: 1 + (explanations.first?.maps.count ?? 0)
    ).picture
    try sheet.write { try PictureFile($0).write(picture) }
    StandardStreams.printError(sheet.path)
  }
}
