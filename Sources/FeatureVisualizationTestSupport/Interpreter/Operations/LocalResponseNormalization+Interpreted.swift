import ConvolutionalNetworks
import Foundation

extension LocalResponseNormalization: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    var result = ChannelPlanes(inputs[0], layout)
    let scales = scales(of: result)
    for i in result.elements.indices { result.elements[i] *= pow(scales[i], -Double(beta)) }
    return [result.tensor(layout)]
  }

  /// With the scale `s_c = bias + α / size · Σ x²` and `y_c = x_c · s_c^−β`:
  /// `∂/∂x_c = g_c · s_c^−β − 2αβ / size · x_c · Σ_{c′ : c is summed for c′} g_{c′} x_{c′} s_{c′}^{−β−1}`.
  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let input = ChannelPlanes(point.inputs[0], point.layout)
    let gradient = ChannelPlanes(gradients[0], point.layout)
    let scales = scales(of: input)
    let coupling = scales.indices.map { i in
      gradient.elements[i] * input.elements[i] * pow(scales[i], -Double(beta) - 1)
    }
    var result = ChannelPlanes(like: input)
    let count = input.planeCount
    let factor = 2 * Double(alpha) * Double(beta) / Double(size)
    result.forEachPlane { plane, sums in
      let channel = plane % input.channels
      let readers = (0..<input.channels).filter {
        summedChannels(for: $0, of: input.channels).contains(channel)
      }
      for i in 0..<count {
        let here = plane * count + i
        let coupled = readers.reduce(0) { $0 + coupling[here + ($1 - channel) * count] }
        sums[i] =
          gradient.elements[here] * pow(scales[here], -Double(beta))
          - factor * input.elements[here] * coupled
      }
    }
    return [result.tensor(point.layout)]
  }

  /// `bias + α / size · Σ x²` for every element.
  private func scales(of input: ChannelPlanes) -> [Double] {
    var result = ChannelPlanes(like: input)
    let count = input.planeCount
    result.forEachPlane { plane, sums in
      let channel = plane % input.channels
      for i in 0..<count {
        let squares = summedChannels(for: channel, of: input.channels).reduce(0) {
          let x = input.elements[plane * count + i + ($1 - channel) * count]
          return $0 + x * x
        }
        sums[i] = Double(bias) + Double(alpha) / Double(size) * squares
      }
    }
    return result.elements
  }

  /// `max(0, c − ⌊(size − 1) / 2⌋) … min(channels − 1, c + ⌈(size − 1) / 2⌉)`, as ONNX states it.
  private func summedChannels(for channel: Int, of channels: Int) -> ClosedRange<Int> {
    let before = (size - 1) / 2
    let after = size / 2
    return max(0, channel - before)...min(channels - 1, channel + after)
  }
}
