extension Array where Element == Float {
  /// The numbers of a picture with another number of channels: an opacity behind the colours is dropped, or is 1.
  func withChannels(_ count: Int, of own: Int) -> [Float] {
    guard count != own else { return self }
    return (0..<self.count / own * count).map { index in
      let (pixel, channel) = (index / count, index % count)
      return channel < own ? self[pixel * own + channel] : 1
    }
  }
}
