extension PictureTransformation {
  /// The transformed picture, channels last.
  package func applied(to picture: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: outputSize.count)
    var span = result.mutableSpan
    apply(picture.span, into: &span)
    return result
  }
}
