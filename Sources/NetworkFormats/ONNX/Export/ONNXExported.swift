internal import ConvolutionalNetworks

/// An operation that can be written as ONNX.
protocol ONNXExported: LayerOperation {
  /// Adds the nodes that compute the layer.
  ///
  /// The receiver is the layer's operation for one shape of the inputs; what depends on shapes is asked of
  /// `graph`, which knows it for several.
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem)
}
