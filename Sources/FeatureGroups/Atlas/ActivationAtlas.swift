public import FeatureVisualization

/// A map of what a layer sees in many pictures: samples of its activations laid out on a plane, and the mean of those in
/// each cell of a grid.
///
///     let atlas = try ActivationAtlas(of: samples, layout: .neighbours(), side: 12)
///     let icons = try network.visualizeDirections(
///       atlas.directions, of: "mixed4c", by: .dotCosine(power: 2), at: .center,
///       whitening: try atlas.whitening(), side: 96)
///
/// The plane is shown from the first to the ninety-ninth percentile along each axis with a margin of a tenth; what lies
/// outside counts at the edge. A cell has its lower edges and not its upper ones, but for those of the last row and column,
/// so that each sample is in one cell. An atlas costs as many visualizations as it has cells.
///
/// An atlas of one class is one of `ActivationSamples.speakingForClass()`.
/// Carter et al. 2019, https://distill.pub/2019/activation-atlas.
public struct ActivationAtlas: Sendable {
  /// One cell of the grid.
  public struct Cell: Sendable {
    /// The row, from 0 at the top.
    public let row: Int
    /// The column, from 0 at the left.
    public let column: Int
    /// The mean of the activations in it, `[C]`.
    public let direction: [Float]
    /// The mean of what speaks for the class; `nil` where no class was asked for.
    public let attribution: Float?
    /// The samples in it, by their numbers.
    public let samples: [Int]
  }

  /// The samples.
  public let samples: ActivationSamples
  /// What they are laid out by.
  public let layoutName: String
  /// Where each sample lies, 0…1 along both axes, x to the right and y down.
  public let places: [SIMD2<Float>]
  /// The rows, and the columns, of the grid.
  public let side: Int
  /// The cells of enough samples, row by row.
  public let cells: [Cell]

  /// Lays samples out.
  ///
  /// - Parameters:
  ///   - layout: what puts like samples beside one another.
  ///   - side: the rows, and the columns, of the grid, 1…1000.
  ///   - moreThan: the samples that are too few for a cell, whose mean would be of single pictures.
  /// - Throws: `VisualizationError.invalidArgument` for fewer than two samples and where no cell has enough; what the
  ///   layout throws.
  public init(
    of samples: ActivationSamples, layout: some AtlasLayout = .neighbours(), side: Int = 12,
    moreThan few: Int = 5
  ) throws(VisualizationError) {
    guard (1...1000).contains(side), few >= 0 else {
      throw .invalidArgument("side", "\(side) rows of cells of more than \(few) samples")
    }
    guard samples.count > 1 else {
      throw .invalidArgument(
        "samples", "an atlas lays out several; there is \(samples.count): take more pictures")
    }
    let found = try layout.coordinates(of: samples.vectors)
    guard found.count == samples.count,
      found.allSatisfy({ $0.x.isFinite && $0.y.isFinite })
    else {
      throw .brokenRule(
        type: "\(type(of: layout))",
        rule: "there must be \(samples.count) finite places, one for each sample")
    }
    let (x, y) = (
      AtlasLimits(of: found.map { Double($0.x) }), AtlasLimits(of: found.map { Double($0.y) })
    )
    let shares = found.map { SIMD2(x.share(Double($0.x)), y.share(Double($0.y))) }
    places = shares.map { SIMD2(Float($0.x), Float($0.y)) }
    cells = Self.cells(of: samples, at: shares, side: side, moreThan: few)
    guard !cells.isEmpty else {
      throw .invalidArgument(
        "side",
        """
        no cell of \(side)×\(side) has more than \(few) of \(samples.count) samples: take a coarser grid, more pictures, \
        or more positions of each
        """)
    }
    (self.samples, self.side, layoutName) = (samples, side, layout.name)
  }

  /// The cells' directions, to be drawn.
  public var directions: [[Float]] { cells.map(\.direction) }

  /// What takes the correlations of units, over all samples, out of the cells' directions.
  ///
  /// - Throws: `VisualizationError` as `Whitening` does.
  /// - Complexity: O(samples · C² + C³).
  public func whitening(ridge: Double = 1e-4) throws(VisualizationError) -> Whitening {
    var moments = ActivationMoments()
    try moments.add(samples.vectors)
    return try moments.whitening(ridge: ridge)
  }

  private static func cells(
    of samples: ActivationSamples, at shares: [SIMD2<Double>], side: Int, moreThan few: Int
  ) -> [Cell] {
    func cell(_ share: Double) -> Int { min(side - 1, Int(share * Double(side))) }
    var members: [Int: [Int]] = [:]
    for (sample, share) in shares.enumerated() {
      members[cell(share.y) * side + cell(share.x), default: []].append(sample)
    }
    let (numbers, units) = (samples.vectors.elements, samples.vectors.shape[1])
    return members.filter { $0.value.count > few }.sorted { $0.key < $1.key }.map { place, inside in
      var sums = [Double](repeating: 0, count: units)
      for sample in inside {
        for unit in 0..<units { sums[unit] += Double(numbers[sample * units + unit]) }
      }
      let count = Double(inside.count)
      return Cell(
        row: place / side, column: place % side, direction: sums.map { Float($0 / count) },
        attribution: samples.attributions.map { all in
          Float(inside.reduce(0.0) { $0 + Double(all[$1]) } / count)
        }, samples: inside)
    }
  }
}
