internal import CFVKernels

/// What is done to all numbers of an array, on the threads of the pool.
enum Elements {
  /// Σ x², in double precision.
  static func sumOfSquares(_ values: Span<Float>) -> Double {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return 0 }
      return Stretch.sum(of: values.count) {
        cfv_sum_of_squares(base + $0.lowerBound, $0.count)
      }
    }
  }

  /// Σ |x|, in double precision.
  static func sumOfMagnitudes(_ values: Span<Float>) -> Double {
    values.withUnsafeBufferPointer { values in
      Stretch.sum(of: values.count) { stretch in
        values[stretch].reduce(0) { $0 + Double(abs($1)) }
      }
    }
  }

  /// Whether no number is infinite or NaN.
  static func areFinite(_ values: Span<Float>) -> Bool {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return true }
      return Stretch.reduce(of: values.count, true) {
        cfv_all_finite(base + $0.lowerBound, $0.count) != 0
      } combining: {
        $0 && $1
      }
    }
  }

  /// The largest |x|; 0 of no numbers.
  static func largestMagnitude(_ values: UnsafeBufferPointer<Float>) -> Float {
    guard let base = values.baseAddress else { return 0 }
    return Stretch.reduce(of: values.count, 0) {
      cfv_largest_magnitude(base + $0.lowerBound, $0.count)
    } combining: {
      max($0, $1)
    }
  }

  /// Multiplies every number by `factor`.
  static func scale(_ values: inout MutableSpan<Float>, by factor: Float) {
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      Stretch.forEach(of: values.count) { cfv_scale(base + $0.lowerBound, $0.count, factor) }
    }
  }

  /// Adds `source` to `target`, which has as many numbers.
  static func add(_ source: Span<Float>, to target: inout MutableSpan<Float>) {
    source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        Stretch.forEach(of: source.count) {
          cfv_copy(from + $0.lowerBound, to + $0.lowerBound, $0.count, 1)
        }
      }
    }
  }

  /// Writes `source` into `target`, which has as many numbers.
  static func copy(_ source: Span<Float>, into target: inout MutableSpan<Float>) {
    source.withUnsafeBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        Stretch.forEach(of: source.count) {
          (to + $0.lowerBound).update(from: from + $0.lowerBound, count: $0.count)
        }
      }
    }
  }
}
