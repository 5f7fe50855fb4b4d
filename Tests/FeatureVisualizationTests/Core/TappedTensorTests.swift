import FeatureVisualization
import Testing

/// Protects what losses ask of the tensors that they look at: the same numbers that a tensor gives.
@Suite struct TappedTensorTests {
  /// Tells what it sees, as a loss of one's own does.
  private struct Reader: Loss {
    let read: @Sendable (TappedTensor) -> [Float]
    var name: String { "Reader" }
    var subjects: [LossSubject] { [.layer("features")] }
    func values(_ tensors: TappedTensors) -> [Float] { read(tensors[0]) }
    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  /// Two pictures of 1×2 positions and three units.
  private let map = Tensor(
    shape: [2, 1, 2, 3], elements: [1, 2, 3, 4, 5, 6, -1, 0, 1, 8, 0, 0.5])

  private func values(_ read: @escaping @Sendable (TappedTensor) -> [Float]) throws -> [Float] {
    try Reader(read: read).values(at: [map])
  }

  @Test func `units, sums and Gram matrices`() throws {
    #expect(try values { $0.mean(ofUnit: 2) } == [4.5, 0.75])
    #expect(try values { $0.unit(1).elements } == [2, 5, 0, 0])
    #expect(try values { $0.gramMatrix().elements } == map.gramMatrix().elements)
    #expect(try values { $0.mapPictures { $0.sum() } } == [21, 8.5])
    #expect(try values { $0.mapPictures { $0.maximum() ?? 0 } } == [6, 8])
    #expect(try values { $0.mapPictures { Float($0.argmax() ?? -1) } } == [5, 3])
    #expect(try values { Tensor($0).elements } == map.elements)
  }
}
