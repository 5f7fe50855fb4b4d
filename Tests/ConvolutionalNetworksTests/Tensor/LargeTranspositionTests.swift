import ConvolutionalNetworks
import Testing

/// Protects transpositions larger than the blocks they are done in.
@Suite struct LargeTranspositionTests {
  @Test(arguments: [[1, 0, 2], [2, 0, 1], [0, 2, 1], [2, 1, 0], [1, 2, 0]])
  func `transposes across blocks`(permutation: [Int]) {
    let shape = [35, 3, 70]
    let tensor = Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map(Float.init))
    let transposed = tensor.transposed(permutation)
    #expect(transposed.shape == permutation.map { shape[$0] })
    var isEqual = true
    for i in 0..<shape[0] {
      for j in 0..<shape[1] {
        for k in 0..<shape[2] {
          let place = permutation.map { [i, j, k][$0] }
          if transposed[place[0], place[1], place[2]] != tensor[i, j, k] { isEqual = false }
        }
      }
    }
    #expect(isEqual)
  }
}
