import ConvolutionalNetworks

extension Workspace {
  /// Sets the gradient of the first tap to that of the sum over the batch of a unit's mean over positions.
  func seedMean(of unit: Int) {
    clearTapGradients()
    let tap = program.taps[0]
    let share = 1 / Float(max(1, tap.shape.dropFirst().dropLast().reduce(1, *)))
    let place = tap.units?.firstIndex(of: unit) ?? unit
    withTapGradient(0) { gradient in
      for index in stride(from: place, to: gradient.count, by: tap.shape.last ?? 1) {
        gradient[index] = share
      }
    }
  }
}
