/// Pooling over windows, and over all positions.
extension LayerDefinition {
  /// The largest value of each window; named `max_pooling2d`, or `max_pooling1d` over signals.
  ///
  /// - Parameters:
  ///   - window: the cells of a window, as `2` or `[2, 3]`.
  ///   - stride: the steps of the window; as large as itself unless given.
  ///   - ceilMode: whether a last window may hang over the end.
  public static func maximumPooling(
    _ window: some SpatialExtents, stride: (any SpatialExtents)? = nil,
    padding: WindowPadding = .valid, ceilMode: Bool = false, name: String? = nil
  ) -> LayerDefinition {
    pooling(
      .maximum, "MaxPooling", name, window, stride, padding, ceilMode,
      defaultName: "max_pooling#d")
  }

  /// The mean of each window; named `average_pooling2d`, or `average_pooling1d` over signals.
  ///
  /// - Parameters:
  ///   - window: the cells of a window, as `2` or `[2, 3]`.
  ///   - stride: the steps of the window; as large as itself unless given.
  ///   - countsPadding: whether padded cells count, as they do in PyTorch and do not in Keras.
  ///   - ceilMode: whether a last window may hang over the end.
  public static func averagePooling(
    _ window: some SpatialExtents, stride: (any SpatialExtents)? = nil,
    padding: WindowPadding = .valid, countsPadding: Bool = false, ceilMode: Bool = false,
    name: String? = nil
  ) -> LayerDefinition {
    let reduction = Pooling.Reduction.average(countsPadding: countsPadding)
    return pooling(
      reduction, "AveragePooling", name, window, stride, padding, ceilMode,
      defaultName: "average_pooling#d")
  }

  /// `globalAveragePooling(name:)` under the name that it has by itself.
  public static var globalAveragePooling: LayerDefinition { globalAveragePooling() }

  /// The mean of each channel over all positions, `[N, C]`; named `global_average_pooling2d`.
  public static func globalAveragePooling(name: String? = nil) -> LayerDefinition {
    LayerDefinition(
      "GlobalAveragePooling", name, defaultName: "global_average_pooling#d"
    ) { site throws(ShapeError) in
      Reduction(.mean, axes: try site.spatialAxes(), keepsAxes: false)
    }
  }

  /// `globalMaximumPooling(name:)` under the name that it has by itself.
  public static var globalMaximumPooling: LayerDefinition { globalMaximumPooling() }

  /// The largest value of each channel over all positions, `[N, C]`; named `global_max_pooling2d`.
  public static func globalMaximumPooling(name: String? = nil) -> LayerDefinition {
    LayerDefinition("GlobalMaxPooling", name, defaultName: "global_max_pooling#d") {
      site throws(ShapeError) in
      Reduction(.maximum, axes: try site.spatialAxes(), keepsAxes: false)
    }
  }

  private static func pooling(
    _ reduction: Pooling.Reduction, _ kind: String, _ name: String?, _ window: some SpatialExtents,
    _ stride: (any SpatialExtents)?, _ padding: WindowPadding, _ ceilMode: Bool,
    defaultName: String
  ) -> LayerDefinition {
    let kernel = window.spatialExtents
    let definition = WindowDefinition(
      kernel, stride: stride?.spatialExtents ?? kernel, dilation: 1, padding: padding)
    return LayerDefinition(kind, name, defaultName: defaultName) { site throws(ShapeError) in
      Pooling(reduction, window: try definition.window(at: site), ceilMode: ceilMode)
    }
  }
}
