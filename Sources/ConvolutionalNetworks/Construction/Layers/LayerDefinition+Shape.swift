/// Layers that change shapes and sizes.
extension LayerDefinition {
  /// How cells of a map of another size are mixed, as in PyTorch and Keras.
  public enum Interpolation: Sendable {
    /// Each is one of the map's.
    case nearest
    /// Each is mixed from the nearest two along each axis: bilinear over pictures.
    case linear

    fileprivate func resize(_ extent: Resize.Extent, _ axes: [Int]) -> Resize {
      switch self {
      case .nearest:
        Resize(.nearest(.floor), coordinates: .asymmetric, extent: extent, axes: axes)
      case .linear: Resize(.linear, coordinates: .halfPixel, extent: extent, axes: axes)
      }
    }
  }

  /// `flatten(name:)` under the name that it has by itself.
  public static var flatten: LayerDefinition { flatten() }

  /// All numbers of a picture in one axis, `[N, units]`, in the order of the network's layout; named `flatten`.
  public static func flatten(name: String? = nil) -> LayerDefinition {
    LayerDefinition("Flatten", name, defaultName: "flatten") { _ in Flatten() }
  }

  /// The numbers of each picture in another shape, in the order of the network's layout; named `reshape`.
  ///
  /// - Parameter shape: the extents behind the batch; one of them may be −1, and follows from the others.
  public static func reshape(to shape: [Int], name: String? = nil) -> LayerDefinition {
    LayerDefinition("Reshape", name, defaultName: "reshape") { _ in
      // 0 keeps the batch.
      Reshape(to: [0] + shape)
    }
  }

  /// Maps that are enlarged by a factor; named `up_sampling2d`, or `up_sampling1d` over signals.
  ///
  /// - Parameters:
  ///   - factor: how many cells each becomes, as `2` or `[2, 3]`.
  ///   - interpolation: how they are mixed; `.nearest` repeats cells.
  public static func upsampling(
    _ factor: some SpatialExtents, interpolation: Interpolation = .nearest,
    name: String? = nil
  ) -> LayerDefinition {
    let factor = factor.spatialExtents
    return LayerDefinition("Resize", name, defaultName: "up_sampling#d") {
      site throws(ShapeError) in
      let axes = try site.spatialAxes()
      let factors = try factor.spread(over: axes.count, "factor")
      for factor in factors { try site.check(factor, "cells for each") }
      return interpolation.resize(.scales(.constant(factors)), axes)
    }
  }

  /// Maps that are resampled to a size; named `resizing`.
  ///
  /// - Parameters:
  ///   - size: the extents of the result, as `64` or `[48, 64]`.
  ///   - interpolation: how cells are mixed.
  public static func resizing(
    to size: some SpatialExtents, interpolation: Interpolation = .linear,
    name: String? = nil
  ) -> LayerDefinition {
    let size = size.spatialExtents
    return LayerDefinition("Resize", name, defaultName: "resizing") {
      site throws(ShapeError) in
      let axes = try site.spatialAxes()
      let extents = try size.spread(over: axes.count, "size")
      for extent in extents { try site.check(extent, "cells along an axis") }
      return interpolation.resize(.sizes(.constant(extents), .stretch), axes)
    }
  }

  /// Cells round a map; named `zero_padding2d`, or `zero_padding1d` over signals, whatever they hold.
  ///
  /// - Parameters:
  ///   - cells: how many on each side, as `1` or `[1, 2]`.
  ///   - mode: what they hold: zeros unless given.
  public static func padding(
    _ cells: some SpatialExtents, mode: Pad.Mode = .constant(0), name: String? = nil
  ) -> LayerDefinition {
    let cells = cells.spatialExtents
    return LayerDefinition("Pad", name, defaultName: "zero_padding#d") {
      site throws(ShapeError) in
      let axes = try site.spatialAxes()
      let amounts = try cells.spread(over: axes.count, "padding")
      return Pad(mode, amounts: .constant(amounts + amounts), axes: axes)
    }
  }
}
