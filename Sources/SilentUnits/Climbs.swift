import FeatureVisualization

/// Climbs of one kind, a batch after the other: each picture by the value before the activation, with the activation told.
struct Climbs {
  private let search: SilentUnitSearch
  private let preset: Preset
  private let way: UnitAttempt.Way
  private let pictures: [Tensor]
  private let seed: UInt64
  private let rest: Float
  /// How many starts there are.
  private let count: Int
  private var batch: Int
  /// That of the recipe's pictures, once it is known.
  private var size: PictureSize?
  private(set) var done = 0
  private var highest = -Float.infinity
  private var highestBefore = -Float.infinity
  private var isRaised = false

  /// The strengths of noise, which starts take in turn.
  private static let deviations: [Float] = [0.01, 0.3, 1, 3]

  /// What a batch came to.
  struct Result {
    /// A picture that the units respond to, `[1, H, W, C]`; `nil` where there is none.
    let raised: Tensor?
    let isCancelled: Bool
  }

  init(
    _ search: SilentUnitSearch, _ preset: Preset, _ way: UnitAttempt.Way, _ pictures: [Tensor],
    seed: UInt64, rest: Float
  ) {
    (self.search, self.preset, self.way, self.pictures) = (search, preset, way, pictures)
    (self.seed, self.rest, batch) = (seed, rest, max(1, search.batch))
    count =
      switch way {
      case .recipe, .redirected: 0
      case .starts: search.startCount
      case .pictures: pictures.count
      case .scenes: search.sceneCount
      }
  }

  /// What was tried up to now; minus 0, which negated losses give, is 0.
  var attempt: UnitAttempt {
    UnitAttempt(
      way: way, startCount: done, highest: highest + 0,
      highestBeforeActivation: search.bypass == nil ? nil : highestBefore, isRaised: isRaised)
  }

  /// The next batch; `nil` at the end.
  mutating func next(
    _ onProgress: @escaping (VisualizationProgress) -> Void
  ) throws(VisualizationError) -> Result? {
    guard done < count else { return nil }
    let places = Array(done..<min(done + batch, count))
    let visualization: Visualization
    do throws(VisualizationError) {
      visualization = try climb(places, onProgress)
    } catch {
      guard case .tooMuchMemory = error, batch > 1 else { throw error }
      batch /= 2
      return try next(onProgress)
    }
    done += places.count
    return take(visualization)
  }

  /// Climbs from the starts of some places.
  private mutating func climb(
    _ places: [Int], _ onProgress: @escaping (VisualizationProgress) -> Void
  ) throws(VisualizationError) -> Visualization {
    // A batch has one strength of noise: the next one has the next.
    let deviation = Self.deviations[places[0] / max(1, search.batch) % Self.deviations.count]
    var recipe = preset.climbing(
      steps: search.stepCount, deviation: deviation, wakes: search.bypass == nil)
    if way != .starts { recipe.start = .picture(try starts(places)) }
    return try (search.bypass?.network ?? search.network).visualizeActivationWithLosses(
      objective, preset: recipe, seeds: places.map { seed &+ UInt64($0) }, onProgress: onProgress)
  }

  /// The value before the activation, and the activation itself, which counts for nothing and is told.
  private var objective: Objective {
    guard let bypass = search.bypass else { return search.units.objective }
    let units = search.units
    let before = ActivationMaximization(
      layer: bypass.layer, eachOf: units.unitsByPicture, at: units.position, in: units.part,
      border: units.border)
    return Objective([.init(before), .init(units, weight: 0)])
  }

  private mutating func take(_ visualization: Visualization) -> Result {
    var best: (picture: Tensor, value: Float)?
    func offer(_ value: Float, _ picture: @autoclosure () -> Tensor) {
      if value > rest, value > best?.value ?? rest { best = (picture(), value) }
    }
    for (place, _) in visualization.scores.enumerated() {
      // Losses are made small: they are minus what is raised.
      let values = visualization.history.compactMap { $0.losses.last.map { -$0.values[place] } }
      let before = visualization.history.compactMap { $0.losses.first.map { -$0.values[place] } }
      highest = values.filter(\.isFinite).reduce(highest, max)
      highestBefore = before.filter(\.isFinite).reduce(highestBefore, max)
      offer(values.last ?? -.infinity, visualization.picture(place))
    }
    isRaised = highest > rest
    return Result(raised: best?.picture, isCancelled: visualization.isCancelled)
  }

  /// The pictures of some places, `[N, H, W, C]`, as large as those of the recipe.
  private mutating func starts(_ places: [Int]) throws(VisualizationError) -> Tensor {
    let size = try pictureSize()
    var elements: [Float] = []
    for place in places {
      if way == .scenes {
        elements += DrawnScene(seed: seed &+ UInt64(place)).picture(size)
        continue
      }
      let picture = pictures[place]
      guard picture.rank == 4, picture.shape[0] == 1, picture.shape[3] == size.channels else {
        throw .invalidArgument(
          "pictures", "shape \(picture.shape) is not [1, H, W, \(size.channels)]")
      }
      let own = PictureSize(
        height: picture.shape[1], width: picture.shape[2], channels: size.channels)
      elements += Resampling.resize(own, height: size.height, width: size.width)
        .applied(to: picture.elements)
    }
    return Tensor(
      shape: [places.count, size.height, size.width, size.channels], elements: elements)
  }

  /// The size of the recipe's pictures, which a run of one step tells.
  private mutating func pictureSize() throws(VisualizationError) -> PictureSize {
    if let size { return size }
    let drawn = try search.network.visualizeActivationWithLosses(
      search.units, preset: preset.climbing(steps: 1, deviation: 0.01, wakes: false))
    let shape = drawn.pictures.shape
    let size = PictureSize(height: shape[1], width: shape[2], channels: shape[3])
    self.size = size
    return size
  }
}
