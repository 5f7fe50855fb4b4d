import ConvolutionalNetworks
import Foundation
import PictureFiles
import PictureJudging

/// What judges have said of the pictures up to now.
struct JudgingSession {
  private let panel: JudgePanel
  private let drawnOn: DrawingNetwork?
  private var judged: [JudgedPicture] = []
  /// The height and the width of the first picture.
  private var extent: PictureExtent?
  private var natural = NaturalSlope.constant
  /// The pictures that could not be judged.
  private(set) var failureCount = 0

  init(_ panel: JudgePanel, _ drawnOn: DrawingNetwork?) {
    (self.panel, self.drawnOn) = (panel, drawnOn)
  }

  /// Judges a picture, or tells why that cannot be done.
  mutating func judge(_ picture: PictureToJudge, drawnOf drawn: DrawnClass?) {
    do {
      let pixels = try PictureFile(picture.url).read()
      judged.append(
        JudgedPicture(
          path: picture.path, judgement: try panel.judgement(of: pixels, drawnOf: drawn),
          score: try drawnOn?.score(of: picture, drawnOf: drawn)))
      if extent == nil {
        extent = PictureExtent(height: pixels.shape[1], width: pixels.shape[2])
      }
    } catch {
      failureCount += 1
      StandardStreams.printError("Error: \(picture.path): \(ErrorMessage(error).text)")
    }
  }

  /// Finds the nearest picture of a folder to each, as each judge sees them, and how the power of its pictures falls.
  ///
  /// Each is seen as large as the first picture judged. Damaged ones are named and left out.
  ///
  /// - Throws: `PictureFolderError` for a folder without pictures, `ToolError` where none can be read.
  mutating func compare(
    withPicturesIn path: String, _ progress: ProgressOptions
  ) throws {
    guard let extent else { return }
    let folder = try PictureFolder(URL(fileURLWithPath: path, isDirectory: true))
    var nearest = panel.judges.indices.map { judge in
      NearestPictures(to: judged.map { $0.judgement.opinions[judge].features ?? [] })
    }
    var (sum, count, seen) = (0.0, 0, 0)
    var line = CountLine(
      "comparing with", of: folder.files, progress)
    var read = 0
    for item in folder.pictures(.rgb, extent, ahead: 8) {
      if Interruption.isPending { break }
      do {
        let picture = try item.content.get()
        for (index, judge) in panel.judges.enumerated() {
          guard let features = try judge.opinion(on: picture).features else { continue }
          nearest[index].add(features, named: item.name)
        }
        seen += 1
        if let slope = try SpectrumSlope(of: picture) {
          sum += Double(slope.exponent)
          count += 1
        }
      } catch {
        StandardStreams.printError("warning: \(ErrorMessage(error).text); it is left out")
      }
      read += 1
      line.show(read, item: item.name)
    }
    line.clear()
    guard seen > 0 else { throw ToolError("--pictures \(path): none of its pictures can be read") }
    if count > 0 {
      natural = NaturalSlope(exponent: Float(sum / Double(count)), source: path)
    }
    for index in judged.indices {
      judged[index].nearest = nearest.map { $0.neighbours[index] }
    }
  }

  /// All that was found.
  var report: JudgingReport { JudgingReport(panel, judged, natural) }
}

/// A picture with what was found of it.
struct JudgedPicture {
  let path: String
  let judgement: Judgement
  let score: ScoreUnderDraws?
  /// The nearest of the natural pictures, as each judge sees them; empty where there are none.
  var nearest: [NearestPictures.Neighbour?] = []
}

/// How the power of natural pictures falls.
struct NaturalSlope: Encodable {
  let exponent: Float
  /// The folder that it is the mean of; `nil` where it is the published one.
  let source: String?

  static let constant = NaturalSlope(exponent: SpectrumSlope.natural, source: nil)
}
