extension GridSampling: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    GridSamplingKernel(
      sampling: self, maps: context.inputs[0],
      places: context.inputs[1][1...].dropLast().reduce(1, *))
  }
}

/// Sums cells of maps by the shares that a grid gives them, picture by picture.
struct GridSamplingKernel: Kernel {
  private let sampling: GridSampling
  private let pictures: Int
  private let channels: Int
  /// The extents of a map, and its elements.
  private let extents: [Int]
  private let mapCount: Int
  /// The samples of a map.
  private let places: Int

  init(sampling: GridSampling, maps: [Int], places: Int) {
    self.sampling = sampling
    (pictures, channels, extents) = (maps[0], maps[1], Array(maps[2...]))
    mapCount = extents.reduce(1, *)
    self.places = places
  }

  var pullbackReads: PullbackReads { .inputs }

  /// A cell of a map that a sample is made of, with its share and how that grows with each coordinate.
  private struct Cell {
    var offset: Int
    var weight: Float
    var slopes: [Float]
  }

  func forward(_ run: KernelRun) {
    run.forEachChunk(pictures) { picture, _ in
      forEachPlace(of: picture, run) { place, cells in
        for channel in 0..<channels {
          let map = run.inputs[0] + (picture * channels + channel) * mapCount
          var sum: Float = 0
          for cell in cells { sum += cell.weight * map[cell.offset] }
          run.outputs[0][(picture * channels + channel) * places + place] = sum
        }
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let above = run.outputGradients[0] else { return }
    let axes = extents.count
    let counts = [pictures * channels * mapCount, pictures * places * axes]
    for (input, count) in counts.enumerated() where !run.accumulates[input] {
      run.inputGradients[input]?.update(repeating: 0, count: count)
    }
    run.forEachChunk(pictures) { picture, _ in
      forEachPlace(of: picture, run) { place, cells in
        for channel in 0..<channels {
          let first = (picture * channels + channel) * mapCount
          let gradient = above[(picture * channels + channel) * places + place]
          for cell in cells {
            run.inputGradients[0]?[first + cell.offset] += gradient * cell.weight
            guard let grid = run.inputGradients[1] else { continue }
            let value = gradient * run.inputs[0][first + cell.offset]
            for axis in 0..<axes {
              grid[(picture * places + place) * axes + axes - 1 - axis] += value * cell.slopes[axis]
            }
          }
        }
      }
    }
  }

  /// Visits the places of a picture's grid with the cells that lie within the map.
  private func forEachPlace(
    of picture: Int, _ run: KernelRun, _ body: (_ place: Int, _ cells: [Cell]) -> Void
  ) {
    let axes = extents.count
    for place in 0..<places {
      let coordinates = run.inputs[1] + (picture * places + place) * axes
      var cells = [Cell(offset: 0, weight: 1, slopes: [])]
      for (axis, extent) in extents.enumerated() {
        var more: [Cell] = []
        sampling.forEachCell(at: coordinates[axes - 1 - axis], extent: extent) { cell in
          guard let position = cell.position else { return }
          more += cells.map {
            Cell(
              offset: $0.offset * extent + position, weight: $0.weight * cell.weight,
              slopes: $0.slopes.map { $0 * cell.weight } + [$0.weight * cell.slope])
          }
        }
        cells = more
      }
      body(place, cells)
    }
  }
}
