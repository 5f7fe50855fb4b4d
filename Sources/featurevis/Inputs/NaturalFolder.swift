import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles
import PictureJudging
import RecipeLanguage

/// A sample of a folder's pictures, evenly over all of it, from which colours and a spectrum are measured.
struct NaturalFolder {
  private let pictures: [Tensor]
  private let path: String

  /// The most pictures that are measured: as many tell a covariance and a spectrum as well as thousands.
  private static let most = 64
  /// The fewest that tell what pictures have in common, and not what one of them shows.
  private static let fewest = 4

  /// - Throws: `PictureFolderError` for a folder without pictures, `ToolError` where none can be read or the network takes none.
  init(_ path: String, for subject: PictureNetwork, _ extent: PictureExtent) throws {
    self.path = path
    let folder = try PictureFolder(URL(fileURLWithPath: path, isDirectory: true))
    let channels = try subject.channels(ofPicturesIn: path)
    let count = folder.files.reduce(0) { count, _ in count + 1 }
    let step = (count + Self.most - 1) / Self.most
    var pictures: [Tensor] = []
    for (place, file) in folder.files.enumerated() where place.isMultiple(of: step) {
      // A damaged one is told where all of them are looked at.
      guard let picture = try? PictureFile(file.url).read(channels) else { continue }
      pictures.append(picture.resizedToFill(height: extent.height, width: extent.width))
    }
    guard !pictures.isEmpty else {
      throw ToolError("--pictures \(path): none of its pictures can be read")
    }
    self.pictures = pictures
  }

  /// What the pictures have in common; `nil`, which is told, where they are too few.
  func colors() throws -> NaturalPictureColors? {
    guard pictures.count >= Self.fewest else {
      let are = pictures.count == 1 ? "one picture is" : "\(pictures.count) pictures are"
      StandardStreams.printError(
        """
        note: \(path): \(are) too few for a covariance of colours and a spectrum, which stay the recipe's: \(Self.fewest) do
        """)
      return nil
    }
    let colors = try basis()
    let slopes = try pictures.compactMap { picture in
      [1, 3].contains(picture.shape[3])
        ? try PictureJudging.SpectrumSlope(of: picture)?.exponent : nil
    }
    // The power falls by the square of what magnitudes do.
    let decay = slopes.isEmpty ? nil : slopes.reduce(0, +) / Float(2 * slopes.count)
    return NaturalPictureColors(
      colors: colors, magnitude: try SpectrumMagnitude(of: pictures, colors: colors),
      decay: decay.map { min(max($0, 0.5), 2) })
  }

  /// The basis of the pictures' colours; `nil`, which is told, where they do not vary in all directions.
  private func basis() throws -> ColorDecorrelation? {
    let count = pictures[0].shape[3]
    guard count > 1 else { return nil }
    guard let colors = try? ColorDecorrelation(of: pictures),
      (0..<count).allSatisfy({ column in
        (0..<count).contains { abs(colors.matrix[count * $0 + column]) > 1e-2 }
      })
    else {
      StandardStreams.printError(
        "note: \(path): its pictures have too few colours for a covariance; the recipe's own stands"
      )
      return nil
    }
    return colors
  }
}
