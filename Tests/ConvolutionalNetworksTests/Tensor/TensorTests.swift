import ConvolutionalNetworks
import Testing

/// Protects the value semantics of tensors, and what their axes mean.
@Suite struct TensorTests {
  @Test func copiesAreIndependent() {
    let original = Tensor(shape: [2, 2], elements: [1, 2, 3, 4])
    var copy = original
    copy[0, 1] = 9
    var other = original
    other.withUnsafeMutableBufferPointer { $0[3] = 7 }
    #expect(original.elements == [1, 2, 3, 4])
    #expect(copy.elements == [1, 9, 3, 4])
    #expect(other.elements == [1, 2, 3, 7])
  }

  @Test func writesInPlaceWhereNobodyShares() {
    var tensor = Tensor(shape: [3], repeating: 1)
    let before = tensor.withUnsafeBufferPointer { $0.baseAddress }
    tensor[1] = 5
    tensor.withUnsafeMutableBufferPointer { $0[2] = 6 }
    #expect(tensor.withUnsafeBufferPointer { $0.baseAddress } == before)
    #expect(tensor.elements == [1, 5, 6])
  }

  @Test func reshapedTensorsShareUntilWritten() {
    let tensor = Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6])
    var reshaped = tensor.reshaped(to: [3, 2])
    #expect(reshaped[2, 0] == 5)
    #expect(
      tensor.withUnsafeBufferPointer { $0.baseAddress }
        == reshaped.withUnsafeBufferPointer { $0.baseAddress })
    reshaped[2, 0] = 0
    #expect(tensor[1, 1] == 5)
    #expect(reshaped.shape == [3, 2])
  }

  @Test func elementsAreInRowMajorOrder() {
    let tensor = Tensor(shape: [2, 3, 4], elements: (0..<24).map(Float.init))
    #expect(tensor[1, 2, 3] == 23)
    #expect(tensor[1, 0, 2] == 14)
    #expect(tensor.rank == 3)
    #expect(tensor.count == 24)
  }

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]])
  func transposes(_ permutation: [Int]) {
    let shape = [2, 3, 5]
    let tensor = Tensor(shape: shape, elements: (0..<30).map(Float.init))
    let transposed = tensor.transposed(permutation)
    #expect(transposed.shape == permutation.map { shape[$0] })
    for a in 0..<transposed.shape[0] {
      for b in 0..<transposed.shape[1] {
        for c in 0..<transposed.shape[2] {
          var index = [0, 0, 0]
          for (axis, position) in zip(permutation, [a, b, c]) { index[axis] = position }
          #expect(transposed[a, b, c] == tensor[index[0], index[1], index[2]])
        }
      }
    }
  }

  @Test func scalarsAndEmptyTensorsWork() {
    var scalar = Tensor(shape: [], repeating: 3)
    scalar[] = 4
    #expect(scalar.elements == [4])
    #expect(scalar.transposed([]).elements == [4])
    let empty = Tensor(shape: [2, 0, 3])
    #expect(empty.elements.isEmpty)
    #expect(empty.transposed([2, 1, 0]).shape == [3, 0, 2])
  }

  /// Protects equality from comparing elements alone, or storage.
  @Test func equalityComparesShapesAndElements() {
    let tensor = Tensor(shape: [2, 2], repeating: 1)
    #expect(tensor == Tensor(shape: [2, 2], elements: [1, 1, 1, 1]))
    #expect(tensor != Tensor(shape: [4], repeating: 1))
    #expect(tensor != Tensor(shape: [2, 2], elements: [1, 1, 1, 2]))
    let undefined = Tensor(shape: [1], repeating: .nan)
    #expect(undefined != undefined)
  }

  /// Protects kernels, which read whole cache lines.
  @Test func elementsAreAligned() {
    for count in [1, 3, 17, 1000] {
      Tensor(shape: [count]).withUnsafeBufferPointer {
        #expect(UInt(bitPattern: $0.baseAddress) % 64 == 0)
      }
    }
  }
}
