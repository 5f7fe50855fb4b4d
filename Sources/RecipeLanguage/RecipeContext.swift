public import ConvolutionalNetworks
public import FeatureVisualization
import Synchronization

/// What a text is read with: the network whose layers and labels it names, and the files that it may name.
public struct RecipeContext: Sendable {
  /// The network; without one, names of layers and labels are checked when the recipe runs.
  public let network: NeuralNetwork?
  /// Reads the files that a text names.
  public let files: any RecipeFiles
  /// The layer whose units are drawn, which the recipe `recommended` is chosen for; that of the recipe's objective, or the
  /// network's last, unless given.
  public let layer: LayerID?
  /// The pictures that were compared with so far, by name: each goes through the network once a step.
  let references = References()

  /// - Parameters:
  ///   - network: whose layers and labels are named; a name that it lacks is refused where it stands in the text.
  ///   - files: reads the files that are named; none unless given.
  ///   - layer: the layer whose units are drawn, where no objective of the recipe says it.
  public init(
    network: NeuralNetwork? = nil, files: any RecipeFiles = NoRecipeFiles(), layer: LayerID? = nil
  ) {
    self.network = network
    self.files = files
    self.layer = layer
  }
}

/// Reads the files that a recipe names.
public protocol RecipeFiles: Sendable {
  /// A picture, `[1, H, W, C]` in 0…1.
  ///
  /// - Throws: where there is no such picture.
  func picture(_ path: String) throws -> Tensor

  /// An array of numbers of any shape.
  ///
  /// - Throws: where there is no such array.
  func array(_ path: String) throws -> Tensor

  /// What the layers of the network at hand are like for natural pictures, with a weight of 1 each; refused unless implemented.
  ///
  /// - Throws: where there are no such statistics, or they are of another network.
  func statistics(_ path: String) throws -> BatchStatistics

  /// What the pictures of a folder have in common; `nil` where they are too few, and refused unless implemented.
  ///
  /// - Throws: where there is no such folder.
  func naturalPictures(_ folder: String) throws -> NaturalPictureColors?
}

extension RecipeFiles {
  public func statistics(_ path: String) throws -> BatchStatistics {
    throw UnreadFile(path: path, kind: "statistics of layers")
  }

  public func naturalPictures(_ folder: String) throws -> NaturalPictureColors? {
    throw UnreadFile(path: folder, kind: "folders of pictures")
  }
}

/// A file of a kind that nobody reads for a recipe.
private struct UnreadFile: Error, CustomStringConvertible {
  let path: String
  let kind: String
  var description: String { "'\(path)' cannot be read: no \(kind) are read for this recipe" }
}

/// No files at all: a text that names one is refused.
public struct NoRecipeFiles: RecipeFiles {
  /// Files that are never found.
  public init() {}

  public func picture(_ path: String) throws -> Tensor { throw Missing(path: path) }

  public func array(_ path: String) throws -> Tensor { throw Missing(path: path) }

  private struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String { "'\(path)' cannot be read: no files belong to this recipe" }
  }
}

extension RecipeContext {
  /// Pictures that are compared with, by name.
  final class References: Sendable {
    private let pictures = Mutex<[String: ReferencePicture]>([:])

    subscript(name: String) -> ReferencePicture? {
      get { pictures.withLock { $0[name] } }
      set { pictures.withLock { $0[name] = newValue } }
    }
  }
}
