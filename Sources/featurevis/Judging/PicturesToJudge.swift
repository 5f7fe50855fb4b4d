import CFVFiles
import ConvolutionalNetworks
import Foundation
import PictureFiles
import PictureJudging
import RecipeLanguage

/// A picture that judges are asked about.
struct PictureToJudge {
  /// As people call it.
  let path: String
  let url: URL
  /// What a report tells of it.
  let reported: ReportedPicture?
}

/// What of a report of `visualize` says how a picture was drawn.
struct ReportedPicture: Decodable {
  let file: String
  let recipe: Recipe?
  let units: [Int]?
  let labels: [String]?
  let classes: Int?

  /// The class that it was drawn of; `nil` where it is of none, or of several.
  var drawnClass: DrawnClass? {
    guard let units, units.count == 1, classes != nil else { return nil }
    return DrawnClass(labels?.first, unit: units[0], of: classes)
  }
}

/// The pictures that a command line names: files, all of a folder, or those of a report.
struct PicturesToJudge {
  let pictures: [PictureToJudge]

  /// The most bytes of a report.
  private static let limit = 64 << 20

  /// - Throws: `PictureFolderError` for a folder without pictures, `ToolError` for a file that is no report.
  init(_ paths: [String]) throws {
    pictures = try paths.flatMap { path -> [PictureToJudge] in
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        let folder = try PictureFolder(URL(fileURLWithPath: path, isDirectory: true))
        return folder.files.map {
          PictureToJudge(
            path: (path as NSString).appendingPathComponent($0.name), url: $0.url, reported: nil)
        }
      }
      if (path as NSString).pathExtension.lowercased() == "json" {
        return try Self.pictures(ofReport: path)
      }
      return [PictureToJudge(path: path, url: URL(fileURLWithPath: path), reported: nil)]
    }
  }

  private struct Report: Decodable {
    let pictures: [ReportedPicture]
  }

  /// Pictures are where the report says, or beside it where it was moved with them.
  private static func pictures(ofReport path: String) throws -> [PictureToJudge] {
    let url = URL(fileURLWithPath: path)
    let report: Report
    do {
      report = try JSONDecoder().decode(
        Report.self, from: try WholeFile(url).read(atMost: limit))
    } catch let error as FileFailure {
      throw ToolError("cannot read report '\(path)': \(error.reason)")
    } catch {
      throw ToolError(
        "\(path): it is no report of 'featurevis visualize --report': \(error.localizedDescription)"
      )
    }
    return report.pictures.map { picture in
      var place = URL(fileURLWithPath: picture.file)
      if !FileManager.default.fileExists(atPath: place.path) {
        place = url.deletingLastPathComponent().appendingPathComponent(place.lastPathComponent)
      }
      return PictureToJudge(path: picture.file, url: place, reported: picture)
    }
  }
}
