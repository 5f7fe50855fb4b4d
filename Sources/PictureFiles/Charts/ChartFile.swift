internal import CFVFiles
public import Foundation

/// A file of a chart: SVG, PNG or JPEG.
///
///     try ChartFile(URL(filePath: "curves.svg")).write(LineChart([panel], horizontal: "step"))
public struct ChartFile: Sendable {
  /// Where the file is.
  public let url: URL

  /// The file at `url`, whether it exists or not.
  public init(_ url: URL) { self.url = url }

  /// The endings of file names that can be written.
  static let extensions = ["svg"] + PictureFormat.allExtensions

  /// Writes a chart, as SVG, PNG or JPEG by the name's extension; an existing file is replaced, or stays where that fails.
  ///
  /// - Throws: `PictureFileError` where the name ends in no known extension or the file cannot be written.
  public func write(_ chart: some Chart) throws(PictureFileError) {
    let file = WholeFile(url)
    let ending = url.pathExtension.lowercased()
    guard Self.extensions.contains(ending) else {
      throw .unsupportedChartExtension(file: file.name)
    }
    guard ending == "svg" else { return try PictureFile(url).write(chart.picture) }
    do { try file.write(Data(chart.svg.utf8)) } catch {
      throw .unwritable(file: file.name, reason: error.reason)
    }
  }
}
