#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension Preset {
  /// DeepDream's octaves: the recipe draws on a small copy of a photo, then on larger ones up to the photo's size; what it drew is
  /// enlarged, and the photo's detail is added to it.
  ///
  ///     let dream = try recipe.octaves(of: photo, count: 10)
  ///
  /// The sides of octave k are the photo's, divided by factor^(count − 1 − k). The network sees each octave in its own size;
  /// where the recipe has a canvas, it sees it as that one's fit says, and octaves are canvases. Pixels of a range (`Pixels`) are
  /// what Mordvintsev et al. draw on; a recipe's own stages follow the octaves.
  /// Mordvintsev, Olah, Tyka 2015, https://github.com/google/deepdream.
  ///
  /// - Parameters:
  ///   - photo: `[1, H, W, C]`, 0…1.
  ///   - count: how many octaves, 1 to 64; each takes the recipe's iterations.
  ///   - factor: the ratio of an octave's sides to those of the one before, more than 1 and at most 16.
  /// - Throws: `VisualizationError.invalidArgument` for other numbers, and for a tensor that is no picture.
  public func octaves(
    of photo: Tensor, count: Int = 4, factor: Double = 1.4
  ) throws(VisualizationError) -> Preset {
    guard (1...64).contains(count), factor > 1, factor <= 16 else {
      throw .invalidArgument(
        "octaves", "\(count) octaves of factor \(factor): 1 to 64, of a factor in 1...16 above 1")
    }
    guard photo.rank == 4, photo.shape[0] == 1 else {
      throw .invalidArgument("photo", "shape \(photo.shape) is not [1, H, W, C]")
    }
    try PictureSize(height: photo.shape[1], width: photo.shape[2]).validate()
    var octaves = (0..<count).map { octave in
      let ratio = pow(factor, Double(octave - count + 1))
      func side(_ axis: Int) -> Int { max(1, Int((Double(photo.shape[axis]) * ratio).rounded())) }
      return self.octave(of: photo, height: side(1), width: side(2))
    }
    var recipe = octaves.removeFirst()
    recipe.stages =
      octaves
      + stages.map { stage in
        var stage = stage
        stage.size = stage.size ?? octaves.last?.size ?? recipe.size
        return stage
      }
    return recipe
  }

  private func octave(of photo: Tensor, height: Int, width: Int) -> Preset {
    var recipe = self
    recipe.stages = []
    recipe.start = .octave(of: photo)
    if let canvas {
      recipe.canvas = Canvas(height: height, width: width, fit: canvas.fit)
    } else {
      recipe.size = InputSize(height: height, width: width)
    }
    return recipe
  }
}
