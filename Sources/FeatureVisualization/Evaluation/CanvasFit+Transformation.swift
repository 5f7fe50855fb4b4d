extension CanvasFit {
  /// What makes a picture of `size` as large as the network's input.
  func transformation(from size: PictureSize, to target: PictureSize) -> any PictureTransformation {
    switch self {
    case .resizing: Resampling.resize(size, height: target.height, width: target.width)
    case .cropping: Translation.centered(size, height: target.height, width: target.width)
    }
  }
}
