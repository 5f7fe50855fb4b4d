import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation

@testable import KerasNetworkFormat

/// A model that `make_fixtures.py` saved, with what Keras computes for it.
struct Fixture {
  /// The whole model in HDF5.
  let url: URL
  /// The same model as a `.keras` file.
  let archive: URL

  init(_ name: String) throws {
    url = try Self.folder.appendingPathComponent("\(name).h5")
    archive = try Self.folder.appendingPathComponent("\(name).keras")
  }

  private static var folder: URL {
    get throws {
      guard let url = Bundle.module.url(forResource: "Fixtures", withExtension: nil) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return url
    }
  }

  /// An array of the group /reference.
  func reference(_ name: String) throws -> Tensor {
    try HDF5Library.withFile(url, limits: ReadingLimits()) { file throws(KerasError.Problem) in
      try file.tensor("/reference/\(name)", name: name, expected: nil)
    }
  }
}
