import ConvolutionalNetworks
import Testing

/// Protects what readers of results and writers of losses ask of tensors, with numbers worked out by hand.
@Suite struct TensorReadingTests {
  /// Two pictures of 1×2 positions and three units.
  private let map = Tensor(
    shape: [2, 1, 2, 3], elements: [1, 2, 3, 4, 5, 6, -1, 0, 1, 8, 0, 0.5])
  private let scores = Tensor(shape: [2, 4], elements: [0.25, 3, -2, 3, 9, 9.5, 9.25, 0])

  @Test func `spans read and write elements where they lie`() {
    var tensor = Tensor(shape: [2, 2], elements: [1, 2, 3, 4])
    let copy = tensor
    #expect(tensor.span.count == 4 && tensor.span[2] == 3)
    var elements = tensor.mutableSpan
    for index in elements.indices { elements[index] *= 10 }
    #expect(tensor.elements == [10, 20, 30, 40])
    #expect(copy.elements == [1, 2, 3, 4])
    #expect(Tensor(shape: [0, 3]).span.count == 0)
  }

  @Test func `sums and means`() {
    #expect(map.sum() == 29.5)
    #expect(map.mean() == 29.5 / 12)
    #expect(Tensor(shape: [0]).sum() == 0)
    #expect(Tensor(shape: [0]).mean().isNaN)
    // 2²⁴ + 1 is no Float: in single precision the ones would get lost.
    let many = Tensor(shape: [5], elements: [16_777_216, 1, 1, 1, 1])
    #expect(many.sum() == 16_777_220)
  }

  @Test func `extremes`() {
    #expect(map.minimum() == -1 && map.maximum() == 8)
    #expect(Tensor(shape: [0]).minimum() == nil && Tensor(shape: [0]).maximum() == nil)
    let undefined = Tensor(shape: [3], elements: [1, .nan, 2])
    #expect(undefined.minimum()?.isNaN == true && undefined.maximum()?.isNaN == true)
    let infinite = Tensor(shape: [2], elements: [-.infinity, .infinity])
    #expect(infinite.minimum() == -.infinity && infinite.maximum() == .infinity)
  }

  /// Protects rankings from ties and from NaN, which compares with nothing.
  @Test func `the largest and the next ones`() {
    #expect(map.argmax() == 9)
    #expect(Tensor(shape: [0]).argmax() == nil)
    #expect(Tensor(shape: [3], elements: [.nan, -.infinity, .nan]).argmax() == 1)
    #expect(Tensor(shape: [2], repeating: .nan).argmax() == 0)
    #expect(scores.argmaxOfUnits() == [1, 1])
    #expect(scores.topUnits(3) == [[1, 3, 0], [1, 2, 0]])
    #expect(scores.topUnits(9) == [[1, 3, 0, 2], [1, 2, 0, 3]])
    #expect(scores.topUnits(0) == [[], []])
    #expect(map.argmaxOfUnits() == [2, 2, 2, 0])
    let undefined = Tensor(shape: [1, 4], elements: [.nan, 1, .nan, 2])
    #expect(undefined.topUnits(4) == [[3, 1, 0, 2]])
    #expect(scores[picture: 1].topIndices(2) == [1, 2])
    #expect(Tensor(shape: [2, 0]).topUnits(1) == [])
  }

  @Test func `units and their means`() {
    #expect(map.unitCount == 3)
    #expect(map.unit(1) == Tensor(shape: [2, 1, 2, 1], elements: [2, 5, 0, 0]))
    #expect(map.mean(ofUnit: 0) == [2.5, 3.5])
    #expect(map.mean(ofUnit: 2) == [4.5, 0.75])
    #expect(scores.unit(3) == Tensor(shape: [2, 1], elements: [3, 0]))
    #expect(scores.mean(ofUnit: 1) == [3, 9.5])
    let one = Tensor(shape: [2], elements: [7, 8])
    #expect(one.unitCount == 1 && one.unit(0) == one && one.mean(ofUnit: 0) == [7, 8])
  }

  /// Protects style losses: the products of 1×2 positions of three units.
  @Test func `Gram matrices`() {
    let gram = map.gramMatrix()
    #expect(gram.shape == [2, 3, 3])
    #expect(
      gram.elements == [
        17, 22, 27, 22, 29, 36, 27, 36, 45, 65, 0, 3, 0, 0, 0, 3, 0, 1.25,
      ])
    #expect(Tensor(shape: [1, 2], elements: [2, 3]).gramMatrix().elements == [4, 6, 6, 9])
    #expect(Tensor(shape: [0, 2, 2, 3]).gramMatrix().shape == [0, 3, 3])
    #expect(Tensor(shape: [1, 0, 2]).gramMatrix().elements == [0, 0, 0, 0])
  }

  /// Protects the promise that a picture in a batch is what it is alone, byte for byte.
  @Test func `a picture's Gram matrix does not depend on its batch`() {
    let pictures = Tensor.weights([3, 7, 9, 20])
    let all = pictures.gramMatrix()
    for index in 0..<3 {
      #expect(pictures.picture(index).gramMatrix() == all.picture(index))
    }
  }

  @Test func `pictures of a batch`() throws {
    #expect(map.pictureCount == 2 && map.countPerPicture == 6)
    let second = map.picture(1)
    #expect(second == Tensor(shape: [1, 1, 2, 3], elements: [-1, 0, 1, 8, 0, 0.5]))
    #expect(map[picture: 1].sum() == 8.5)
    #expect(map.mapPictures { $0.maximum() } == [6, 8])
    #expect(try Tensor(stacking: [map.picture(0), second]) == map)
    #expect(
      try Tensor(stacking: [second, map]).elements == second.elements + map.elements)
  }

  @Test func `batches of several shapes are not stacked`() {
    #expect(throws: VisualizationError.self) { try Tensor(stacking: []) }
    let error = #expect(throws: VisualizationError.self) {
      try Tensor(stacking: [Tensor(shape: [1, 2]), Tensor(shape: [1, 3])])
    }
    #expect(
      error?.description
        == "stacking tensors of shapes [1, 2] and [1, 3]: they must have the same extents behind the first axis"
    )
    #expect(throws: VisualizationError.self) { try Tensor(stacking: [Tensor(shape: [])]) }
  }

  @Test func `elements are changed one by one`() throws {
    #expect(scores.map { -$0 }.elements == [-0.25, -3, 2, -3, -9, -9.5, -9.25, 0])
    #expect(scores.map { -$0 }.shape == [2, 4])
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try scores.map { element throws(Refusal) in
        if element < 0 { throw Refusal() }
        return element
      }
    }
    let difference = try map.combined(with: map.map { $0 / 2 }, -)
    #expect(difference.elements == map.elements.map { $0 / 2 })
    let error = #expect(throws: VisualizationError.self) { try map.combined(with: scores, +) }
    #expect(
      error?.description
        == "combining tensors of shapes [2, 1, 2, 3] and [2, 4]: they must have one shape")
  }

  @Test func `probabilities from logits`() {
    let probabilities = Tensor(shape: [2, 2], elements: [0, 0, 1000, 1000 + 1.098_612_3]).softmax()
    #expect(probabilities.shape == [2, 2])
    for (found, expected) in zip(probabilities.elements, [0.5, 0.5, 0.25, 0.75] as [Float]) {
      #expect(abs(found - expected) < 1e-4)
    }
    #expect(Tensor(shape: [0, 3]).softmax().shape == [0, 3])
    #expect(Tensor(shape: [], repeating: 4).softmax().elements == [1])
  }
}
