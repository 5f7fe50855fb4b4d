import FeatureVisualization
import Testing

/// Jitter reaches as far as it says on both sides; tf-keras-vis' never reaches +n and keras-vis' drops a row.
struct JitterTests {
  private func shifts(_ jitter: Jitter, _ size: PictureSize) throws -> (
    tops: [Int], lefts: [Int], sizes: Set<PictureSize>
  ) {
    var generator = SeededGenerator(seed: 1)
    var (tops, lefts, sizes): ([Int], [Int], Set<PictureSize>) = ([], [], [])
    for _ in 0..<2000 {
      let drawn = try #require(
        jitter.draw(for: size, at: Moment(iteration: 0, of: 1), using: &generator) as? Translation)
      tops.append(drawn.top)
      lefts.append(drawn.left)
      sizes.insert(drawn.outputSize)
    }
    return (tops, lefts, sizes)
  }

  @Test func `pixels reach both ends, evenly`() throws {
    let (tops, lefts, sizes) = try shifts(.jitter(3), PictureSize(height: 8, width: 9))
    #expect(Set(tops) == Set(-3...3) && Set(lefts) == Set(-3...3))
    for shift in -3...3 {
      #expect((200...380).contains(tops.filter { $0 == shift }.count), "\(shift) of 2000 draws")
    }
    #expect(sizes == [PictureSize(height: 8, width: 9)])
  }

  @Test func `a share is one of each side`() throws {
    let (tops, lefts, _) = try shifts(.jitter(share: 0.25), PictureSize(height: 8, width: 20))
    #expect(tops.min() == -2 && tops.max() == 2)
    #expect(lefts.min() == -5 && lefts.max() == 5)
  }

  @Test func `a random crop reaches every place and is smaller by its amount`() throws {
    let (tops, lefts, sizes) = try shifts(.randomCrop(4), PictureSize(height: 10, width: 12))
    #expect(Set(tops) == Set(-4...0) && Set(lefts) == Set(-4...0))
    #expect(sizes == [PictureSize(height: 6, width: 8)])
  }

  @Test func `what leaves on one side comes back on the other, and gradients find home`() {
    let size = PictureSize(height: 3, width: 4, channels: 1)
    let picture = (0..<12).map(Float.init)
    let shift = Translation(size, to: size, top: 1, left: -1, edge: .wrap)
    let moved = shift.transformed(picture)
    #expect(moved == [9, 10, 11, 8, 1, 2, 3, 0, 5, 6, 7, 4])
    // A shift loses nothing, so that pulling back undoes it.
    #expect(shift.pulledBack(moved, count: 12) == picture)
  }

  @Test func `in a run the gradient is brought back to the pixels it belongs to`() throws {
    // With one and the same shift throughout, the shifted picture must come out as good as the plain one.
    let network = try SmoothNetwork.unit.make()
    let size = PictureSize(height: 14, width: 14)
    let shift = Translation(size, to: size, top: 5, left: -4, edge: .wrap)
    let start = (0..<size.count).map { Float($0 % 89) / 88 }
    func draw(_ start: [Float], _ modifiers: [any InputModifier]) throws -> Visualization {
      try network.visualizeActivationWithLosses(
        [1 * ActivationMaximization(layer: "dense", units: [2])],
        preset: .smallSteps(8).with(
          \.start, .picture(Tensor(shape: [1, 14, 14, 3], elements: start))
        ).with(\.inputModifiers, modifiers))
    }
    let plain = try draw(shift.transformed(start), [])
    let shifted = try draw(start, [Drawing(transformation: shift)])
    #expect(
      largestDifference(
        shifted.history.map { $0.objectives[0] }, plain.history.map { $0.objectives[0] }) < 1e-5)
    let last = try draw(shift.transformed(start), [.jitter(0)])
    #expect(largestDifference(last.pictures.elements, plain.pictures.elements) == 0)
  }
}
