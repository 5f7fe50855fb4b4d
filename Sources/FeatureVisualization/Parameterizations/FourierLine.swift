internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The Fourier transform `X[k] = Σ e^(−2πi·n·k / length) · x[n]` of sixteen sequences at once, planned for a length.
///
/// Lengths of small prime factors go through stages of those radices; others are a convolution with a chirp, which
/// is made of transforms of a convenient length (Bluestein 1970).
struct FourierLine: Sendable {
  let length: Int
  /// The places that each buffer has room for, of sixteen numbers each.
  let capacity: Int

  private struct Stage {
    let radix: Int
    let parts: Int
    let stride: Int
    let roots: [Float]
    let twiddles: [Float]
  }

  private var stages: [Stage] = []
  private var chirp: Chirp?

  init(_ length: Int) {
    self.length = length
    let radices = Self.radices(length)
    guard (radices.max() ?? 1) <= Int(CFV_FOURIER_LARGEST_RADIX) else {
      let chirp = Chirp(length)
      self.chirp = chirp
      capacity = chirp.inner.capacity
      return
    }
    capacity = (length + 15) / 16 * 16
    var (rest, stride) = (length, 1)
    for radix in radices {
      let parts = rest / radix
      var twiddles: [Float] = []
      for p in 0..<parts {
        for k in 1..<radix { twiddles += Self.root(p * k, of: rest, sign: -1) }
      }
      stages.append(
        Stage(
          radix: radix, parts: parts, stride: stride,
          roots: (0..<radix).flatMap { Self.root($0, of: radix, sign: 1) }, twiddles: twiddles))
      (rest, stride) = (parts, stride * radix)
    }
  }

  /// Fours, then the primes that are left.
  private static func radices(_ length: Int) -> [Int] {
    var (rest, radices) = (length, [Int]())
    while rest % 4 == 0 {
      radices.append(4)
      rest /= 4
    }
    var divisor = 2
    while rest > 1 {
      if divisor * divisor > rest { divisor = rest }
      while rest % divisor == 0 {
        radices.append(divisor)
        rest /= divisor
      }
      divisor += 1
    }
    return radices
  }

  /// The real and the imaginary part of e^(±2πi · index / count).
  fileprivate static func root(_ index: Int, of count: Int, sign: Double) -> [Float] {
    let angle = 2 * Double.pi * Double(index % count) / Double(count)
    return [Float(cos(angle)), Float(sign * sin(angle))]
  }

  /// Transforms what lies in `lanes`.
  ///
  /// With real and imaginary parts exchanged it is the inverse transform times the length.
  func transform(_ lanes: inout FourierLanes) {
    if let chirp {
      chirp.transform(&lanes, length)
      return
    }
    for stage in stages {
      cfv_fourier_stage(
        stage.radix, stage.parts, stage.stride, stage.roots, stage.twiddles, lanes.re, lanes.im,
        lanes.otherRe, lanes.otherIm)
      lanes.exchangeBuffers()
    }
  }

  /// Transforms what lies in `lanes` back, times the length.
  func transformBack(_ lanes: inout FourierLanes) {
    lanes.exchangeParts()
    transform(&lanes)
    lanes.exchangeParts()
  }
}

/// `X[k] = c̄[k] · Σ (x[n] · c̄[n]) · c[k − n]` with `c[n] = e^(πi·n² / length)`: a convolution, by transforms of a
/// length without large primes.
private final class Chirp: Sendable {
  let inner: FourierLine
  private let factors: [Float]
  private let kernel: [Float]

  init(_ length: Int) {
    var count = 2 * length - 1
    while !Self.isSmooth(count) { count += 1 }
    let line = FourierLine(count)
    inner = line
    // n² is taken modulo 2 · length, so that the angle stays exact.
    let squares = (0..<length).map {
      FourierLine.root($0 * $0 % (2 * length), of: 2 * length, sign: 1)
    }
    factors = squares.flatMap { [$0[0], -$0[1]] }
    kernel = FourierLanes.withTemporary(line.capacity) { lanes in
      for n in 0..<count {
        let distance = min(n, count - n)
        lanes.re[16 * n] = distance < length ? squares[distance][0] / Float(count) : 0
        lanes.im[16 * n] = distance < length ? squares[distance][1] / Float(count) : 0
      }
      line.transform(&lanes)
      return (0..<count).flatMap { [lanes.re[16 * $0], lanes.im[16 * $0]] }
    }
  }

  private static func isSmooth(_ number: Int) -> Bool {
    var rest = number
    for prime in [2, 3, 5] { while rest % prime == 0 { rest /= prime } }
    return rest == 1
  }

  func transform(_ lanes: inout FourierLanes, _ length: Int) {
    multiply(factors, length, &lanes)
    for place in 16 * length..<16 * inner.length {
      lanes.re[place] = 0
      lanes.im[place] = 0
    }
    inner.transform(&lanes)
    multiply(kernel, inner.length, &lanes)
    inner.transformBack(&lanes)
    multiply(factors, length, &lanes)
  }

  private func multiply(_ factors: [Float], _ count: Int, _ lanes: inout FourierLanes) {
    cfv_fourier_multiply(factors, count, lanes.re, lanes.im, lanes.re, lanes.im)
  }
}
