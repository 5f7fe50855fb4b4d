internal import CFVKernels

/// Half spectra of given magnitudes, made of their phases: `S = M · e^{i·angle}`, with shares `S = M · σ(share) · e^{i·angle}`.
///
/// Phases and shares are `[C, H, W / 2 + 1]`.
struct PhaseSpectrum: Sendable {
  let half: HalfSpectrum
  let channels: Int
  private let magnitudes: [Float]

  /// - Parameter magnitudes: `[C, H, W / 2 + 1]`.
  init(_ size: PictureSize, _ magnitudes: [Float]) {
    half = HalfSpectrum(height: size.height, width: size.width)
    channels = size.channels
    self.magnitudes = magnitudes
  }

  /// The phases of a picture.
  var count: Int { channels * half.planeCount }

  /// Where the spectrum of a channel begins.
  func start(_ channel: Int) -> Int { channel * 2 * half.planeCount }

  /// The spectra of phases, `angle = (phase − mean) · factor`.
  func write(
    _ phases: UnsafePointer<Float>, shares: UnsafePointer<Float>? = nil, mean: Float = 0,
    factor: Float = 1, into spectra: UnsafeMutablePointer<Float>
  ) {
    magnitudes.withUnsafeBufferPointer { magnitudes in
      guard let magnitudes = magnitudes.baseAddress else { return }
      forEachStretch { numbers, place in
        let first = numbers.lowerBound
        cfv_phase_spectrum(
          phases + first, shares.map { $0 + first }, magnitudes + first, numbers.count, mean,
          factor, spectra + place, spectra + place + half.planeCount)
      }
    }
  }

  /// Writes the gradients of angles and shares for that of the spectra.
  func pullBack(
    _ spectra: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>,
    into angles: UnsafeMutablePointer<Float>, shares: UnsafePointer<Float>? = nil,
    into shareGradient: UnsafeMutablePointer<Float>? = nil
  ) {
    let plane = half.planeCount
    forEachStretch { numbers, place in
      let first = numbers.lowerBound
      cfv_pull_back_phase_spectrum(
        spectra + place, spectra + place + plane, gradient + place, gradient + place + plane,
        shares.map { $0 + first }, numbers.count, angles + first,
        shareGradient.map { $0 + first })
    }
  }

  /// Calls `body` with stretches of phases and where their spectrum's real parts are.
  private func forEachStretch(_ body: (_ phases: Range<Int>, _ place: Int) -> Void) {
    let plane = half.planeCount
    let stretches = (plane + Stretch.length - 1) / Stretch.length
    WorkerPool.forEachChunk(channels * stretches) { chunk, _ in
      let (channel, first) = (chunk / stretches, chunk % stretches * Stretch.length)
      let last = min(plane, first + Stretch.length)
      body(channel * plane + first..<channel * plane + last, start(channel) + first)
    }
  }
}
