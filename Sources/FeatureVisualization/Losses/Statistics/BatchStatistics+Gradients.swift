extension BatchStatistics {
  public func values(_ tensors: TappedTensors) -> [Float] {
    let parts = tensors.parts
    let count = tensors[0].pictureCount
    let samples = couplesPictures ? 1 : count
    // Layers are worked on side by side, and their distances added up in order.
    var distances = [Double](repeating: 0, count: parts.count * samples)
    distances.withUnsafeMutableBufferPointer { distances in
      nonisolated(unsafe) let distances = distances
      WorkerPool.forEachChunk(parts.count * samples) { chunk, _ in
        let (subject, row) = (chunk / samples, chunk % samples)
        let part = SampledPart(parts[subject], sample: row, of: samples)
        var none: MomentGradient?
        distances[chunk] = distance(of: knownBySubject[subject], to: part.moments, gradient: &none)
      }
    }
    let sums = (0..<samples).map { row in
      stride(from: row, to: distances.count, by: samples).reduce(0) { $0 + distances[$1] }
    }
    return couplesPictures
      ? [Float](repeating: Float(sums[0] / Double(count)), count: count) : sums.map { Float($0) }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    let parts = gradients.parts
    let samples = couplesPictures ? 1 : scales.count
    let scales = couplesPictures ? [scales.reduce(0, +) / Float(scales.count)] : scales
    WorkerPool.forEachChunk(parts.count * samples) { chunk, _ in
      let (subject, row) = (chunk / samples, chunk % samples)
      guard !parts[subject].gradient.isEmpty else { return }
      let part = SampledPart(parts[subject], sample: row, of: samples)
      let moments = part.moments
      var gradient: MomentGradient? = MomentGradient(channels: part.channels)
      _ = distance(of: knownBySubject[subject], to: moments, gradient: &gradient)
      gradient?.add(times: scales[row], at: moments, of: part.values, to: part.gradient)
    }
  }

  /// The weighted distances of all that is known of a layer.
  private func distance(
    of known: [Known], to moments: ChannelMoments, gradient: inout MomentGradient?
  ) -> Double {
    var sum = 0.0
    for known in known {
      sum +=
        Double(known.weight)
        * known.distance(distance, of: moments, adding: known.weight, to: &gradient)
    }
    return sum
  }
}

/// The part of a tapped tensor that statistics are taken over: one picture's, or the whole batch's.
private struct SampledPart {
  let channels: Int
  let values: UnsafeBufferPointer<Float>
  /// Empty where nobody wants it.
  let gradient: UnsafeMutableBufferPointer<Float>

  init(_ part: TappedPart, sample: Int, of samples: Int) {
    channels = part.shape.last ?? 1
    let count = part.values.count / samples
    let range = sample * count..<(sample + 1) * count
    values = UnsafeBufferPointer(rebasing: part.values[range])
    gradient =
      part.gradient.isEmpty
      ? part.gradient : UnsafeMutableBufferPointer(rebasing: part.gradient[range])
  }

  var moments: ChannelMoments { ChannelMoments(of: values, channels: channels) }
}
