import ConvolutionalNetworks
import Foundation

extension OutputFile {
  /// A file for each picture: the one that `output` names, or files in the folder of that name that carry
  /// layer, units and, for neurons, the row and the column.
  ///
  /// - Throws: `ToolError` where they could not be written, before any picture is made.
  static func pictures(
    at output: String, layer: String, groups: [[UnitID]], position: [Int]?
  ) throws -> [OutputFile] {
    switch (output as NSString).pathExtension.lowercased() {
    case "png", "jpg", "jpeg":
      guard groups.count == 1 else {
        throw ToolError("\(groups.count) pictures need a folder, not the one file '\(output)'")
      }
      return [try OutputFile(output)]
    case "gif", "tif", "tiff", "bmp", "webp", "heic", "avif", "jxl":
      throw ToolError("cannot write '\(output)': pictures are written as .png or .jpg")
    default:
      return try groups.map { group in
        let name = fileName(layer: layer, units: group, position: position)
        return try OutputFile(
          output == "." ? name : (output as NSString).appendingPathComponent(name))
      }
    }
  }

  /// `loss3/classifier` and units 1 and 7 give `loss3_classifier-1+7.png`, a neuron of row 6 and column 3
  /// `conv2-1-at-6-3.png`.
  private static func fileName(layer: String, units: [UnitID], position: [Int]?) -> String {
    let place = position.map { "-at-" + $0.map(String.init).joined(separator: "-") } ?? ""
    let stem = "\(layer)-\(units.map(\.description).joined(separator: "+"))\(place)"
    return String(stem.map { $0.isLetter || $0.isNumber || "._-+".contains($0) ? $0 : "_" })
      + ".png"
  }
}
