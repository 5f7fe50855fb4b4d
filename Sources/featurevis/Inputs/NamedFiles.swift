import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import NaturalExamples
import NetworkFormats
import RecipeLanguage

/// The files that an expression names: pictures as large as what is drawn, and arrays.
struct NamedFiles: RecipeFiles {
  let subject: PictureNetwork
  let extent: PictureExtent

  func picture(_ path: String) throws -> Tensor { try subject.picture(in: path, extent) }

  func array(_ path: String) throws -> Tensor {
    guard (path as NSString).pathExtension.lowercased() == "npy" else {
      throw ToolError("\(path): arrays are read from .npy files")
    }
    return try NumPyFile(URL(fileURLWithPath: path)).read()
  }

  func statistics(_ path: String) throws -> BatchStatistics {
    try LayerStatistics(
      contentsOf: URL(fileURLWithPath: path), for: subject.networkAsRead, heldInputs: subject.held
    ).prior
  }

  func naturalPictures(_ folder: String) throws -> NaturalPictureColors? {
    try NaturalFolder(folder, for: subject, extent).colors()
  }
}
