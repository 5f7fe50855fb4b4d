internal import ConvolutionalNetworks

/// Kernels of convolutions: files have `[filters, inputs, kh, kw]`, the engine `[filters, kh, kw, inputs]`.
extension Tensor {
  /// A file's kernel in the engine's order.
  var channelsMovedToEnd: Tensor {
    let permutation = [0] + Array(2..<rank) + [1]
    // Where the kernel is one cell the elements lie as they should already.
    guard shape[2...].contains(where: { $0 != 1 }) else {
      return reshaped(to: permutation.map { shape[$0] })
    }
    return transposed(permutation)
  }

  /// The engine's kernel in the order of files.
  var channelsMovedForward: Tensor { transposed([0, rank - 1] + Array(1..<(rank - 1))) }
}
