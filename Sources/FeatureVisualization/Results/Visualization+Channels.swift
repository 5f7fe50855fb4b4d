// Pictures of channels that are no colours, made visible.

extension DrawnInput {
  /// The channels of the pictures: red, green and blue, one grey, or those that the input's specification names.
  public var channels: [InputChannel] { parameters.specification.channelOrder.channels }

  /// One picture of three of its channels shown as red, green and blue, `[1, H, W, 3]`, or of one in grey, `[1, H, W, 1]`.
  ///
  ///     try visualization.picture(0, showing: ["B8", "B4", "B3"])
  ///
  /// - Throws: `VisualizationError.invalidArgument` for names that no channel has, and any other number of them.
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int, showing names: [String]) throws(VisualizationError) -> Tensor {
    try ChannelView(channels).pictures(picture(index), showing: names)
  }

  /// One picture of all channels in their colours, added up, `[1, H, W, 3]`.
  ///
  /// - Throws: `VisualizationError.incompatible` where no channel has a colour.
  /// - Precondition: there is a picture of this index.
  public func pictureInColors(_ index: Int) throws(VisualizationError) -> Tensor {
    try ChannelView(channels).picturesInColors(picture(index))
  }
}

extension Visualization {
  /// The channels of the pictures: red, green and blue, one grey, or those that the input's specification names.
  public var channels: [InputChannel] { inputs[0].channels }

  /// One picture of three of its channels shown as red, green and blue, `[1, H, W, 3]`, or of one in grey, `[1, H, W, 1]`.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for names that no channel has, and any other number of them.
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int, showing names: [String]) throws(VisualizationError) -> Tensor {
    try inputs[0].picture(index, showing: names)
  }

  /// One picture of all channels in their colours, added up, `[1, H, W, 3]`.
  ///
  /// - Throws: `VisualizationError.incompatible` where no channel has a colour.
  /// - Precondition: there is a picture of this index.
  public func pictureInColors(_ index: Int) throws(VisualizationError) -> Tensor {
    try inputs[0].pictureInColors(index)
  }
}
