import ConvolutionalNetworks
import Foundation
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
}
