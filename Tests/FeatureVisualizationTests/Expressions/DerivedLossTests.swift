import FeatureVisualization
import FeatureVisualizationTestSupport
import Synchronization
import Testing

/// A loss that is an expression keeps the rules of losses.
struct DerivedLossTests {
  private let a = TensorExpression.layer("a")
  private let b = TensorExpression.layer("b")
  private let x = Tensor(shape: [2, 2], elements: [1, 2, 3, 4])

  @Test func `a first loss is a name and an expression`() throws {
    let loss = DerivedLoss("MeanSquare", minimizing: a.squared().mean())
    #expect(loss.name == "MeanSquare" && loss.subjects == [.layer("a")])
    #expect(try loss.values(at: [x]) == [2.5, 12.5])
    #expect(try loss.gradients(at: [x], scales: [1, 10])[0].elements == [1, 2, 30, 40])
    let raised = DerivedLoss("MeanSquare", maximizing: a.squared().mean())
    #expect(try raised.values(at: [x]) == [-2.5, -12.5])
    #expect(try raised.gradients(at: [x])[0].elements == [-1, -2, -3, -4])
  }

  @Test func `what is read is told once, in order`() {
    let sum = a.mean() + b.mean() * a.sum() + TensorExpression.picture(.byte).mean()
    #expect(
      DerivedLoss("x", minimizing: sum).subjects
        == [.layer("a"), .layer("b"), .picture(.byte)])
  }

  @Test func `a number changes with the moment`() throws {
    let weight = TensorExpression.scheduled(Schedule { Float($0.iteration) })
    let loss = DerivedLoss("x", minimizing: weight * a.sum())
    #expect(try loss.values(at: [x], moment: Moment(iteration: 3, of: 9)) == [9, 21])
    #expect(
      try loss.gradients(at: [x], moment: Moment(iteration: 4, of: 9))[0].elements
        == [4, 4, 4, 4])
  }

  @Test func `no gradient passes where it is stopped`() throws {
    let weighted = (a * a.stoppingGradient()).sum()
    #expect(try gradient(of: weighted, at: x) == [1, 2, 3, 4])
    #expect(try gradient(of: a.stoppingGradient().sum() + a.sum(), at: x) == [1, 1, 1, 1])
    #expect(try gradient(of: a.stoppingGradient().sum(), at: x) == [0, 0, 0, 0])
  }

  /// A loss that counts what it is asked for.
  private struct Counted: Loss {
    let counts = Counts()
    var isDivisible = true
    var couplesPictures = false
    var name: String { "Counted" }
    var subjects: [LossSubject] { [.layer("b"), .layer("a")] }
    func selecting(_ pictures: [Int]) -> Counted? { isDivisible ? self : nil }
    func resolved(in network: NeuralNetwork) -> Counted { Counted(couplesPictures: true) }
    func validate(_ shapes: [[Int]]) throws {
      guard shapes[0] == [2, 1] else { throw Refusal(shapes: shapes) }
    }
    // Σ a · b².
    func values(_ tensors: TappedTensors) -> [Float] {
      counts.values.withLock { $0 += 1 }
      return (0..<2).map { n in
        let (b, a) = (tensors[0][picture: n], tensors[1][picture: n])
        return (a[0] + a[1]) * b[0] * b[0]
      }
    }
    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      counts.gradients.withLock { $0 += 1 }
      for n in 0..<2 {
        let (b, a) = (tensors[0][picture: n][0], tensors[1][picture: n])
        let sum = a[0] + a[1]
        var ofB = gradients[0, picture: n]
        for i in ofB.indices { ofB[i] += scales[n] * 2 * b * sum }
        var ofA = gradients[1, picture: n]
        for i in ofA.indices { ofA[i] += scales[n] * b * b }
      }
    }
  }
  private struct Refusal: Error { let shapes: [[Int]] }
  private final class Counts: Sendable {
    let values = Mutex(0)
    let gradients = Mutex(0)
  }

  @Test func `another loss stands in an expression, and is evaluated once`() throws {
    let inner = Counted()
    let value = TensorExpression.values(of: inner)
    let loss = DerivedLoss("Squared", minimizing: value * value + a.sum() * 0.5)
    #expect(loss.subjects == [.layer("b"), .layer("a")])
    let y = Tensor(shape: [2, 1], elements: [2, -1])
    #expect(try loss.values(at: [y, x]) == [145.5, 52.5])
    #expect(inner.counts.values.withLock { $0 } == 1)
    let gradients = try loss.gradients(at: [y, x])
    #expect(gradients[0].elements == [288, -196])
    #expect(gradients[1].elements == [96.5, 96.5, 14.5, 14.5])
    #expect(inner.counts.gradients.withLock { $0 } == 1)
    #expect(inner.counts.values.withLock { $0 } == 2)
  }

  @Test func `a loss inside keeps its rules`() throws {
    let loss = DerivedLoss("Outer", minimizing: a.sum() + .values(of: Counted()))
    let refused = #expect(throws: Refusal.self) { try loss.validate([[2, 2], [2, 3]]) }
    #expect(refused?.shapes == [[2, 3], [2, 2]])
    #expect(loss.selecting([1]) != nil && !loss.couplesPictures)
    let whole = DerivedLoss("Whole", minimizing: .values(of: Counted(isDivisible: false)))
    #expect(whole.selecting([1]) == nil)
    let coupled = DerivedLoss("Coupled", minimizing: .values(of: Counted(couplesPictures: true)))
    #expect(coupled.couplesPictures && coupled.selecting([0, 1]) == nil)
  }

  @Test func `pictures that stay keep their constants`() throws {
    let targets = TensorExpression.constants(
      eachOf: Tensor(shape: [3, 2], elements: [1, 2, 3, 4, 5, 6]))
    let loss = DerivedLoss("Distance", minimizing: (a - targets).squared().sum())
    let selected = try #require(loss.selecting([2, 0, 2]))
    let zeros = Tensor(shape: [3, 2], repeating: 0)
    #expect(try selected.values(at: [zeros]) == [61, 5, 61])
    #expect(loss.selecting([3]) == nil)
    let plain = try #require(DerivedLoss("x", minimizing: a.sum()).selecting([1]))
    #expect(try plain.values(at: [Tensor(shape: [1, 2], elements: [3, 4])]) == [7])
  }

  /// Protects the promise of one pass: what is used many times would take 2⁶⁰ evaluations.
  @Test func `what is used twice is computed once`() throws {
    var doubled = a
    for _ in 0..<60 { doubled = 0.5 * doubled + 0.5 * doubled }
    #expect(try values(of: doubled.sum(), at: x) == [3, 7])
    #expect(try gradient(of: doubled.sum(), at: x) == [1, 1, 1, 1])
  }

  @Test func `evaluations at once, of several shapes, have results of their own`() async throws {
    let loss = DerivedLoss("x", minimizing: (a.softmax() * a).sum() + a.squared().mean())
    var random = SeededTensors(seed: 2)
    let tensors = (0..<24).map { Tensor(random.uniform([1 + $0 % 3, 50 * (1 + $0 % 2)])) }
    let expected = try tensors.map { try loss.gradients(at: [$0])[0] }
    try await withThrowingTaskGroup { group in
      for (tensor, gradient) in zip(tensors, expected) {
        group.addTask {
          for _ in 0..<20 {
            let found = try loss.gradients(at: [tensor])[0]
            #expect(found == gradient)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
