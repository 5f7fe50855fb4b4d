import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

@testable import NetworkFormats

/// Protects Einsum: every equation computes the sum that it stands for, and its gradients, whatever it is lowered to.
@Suite("ONNX: Einsum") struct EinsumTests {
  struct Case: CustomTestStringConvertible {
    /// As the file has it.
    let equation: String
    /// The same with a letter for every axis and the result written out.
    let meaning: String
    let shapes: [[Int]]

    init(_ equation: String, _ shapes: [Int]..., meaning: String? = nil) {
      (self.equation, self.shapes) = (equation, shapes)
      self.meaning = meaning ?? equation
    }

    var testDescription: String { "\(equation) of \(shapes)" }
  }

  private static let cases = [
    Case("ij->ji", [3, 4]), Case("ij->i", [3, 4]), Case("ij->", [3, 4]), Case("ij->ij", [3, 4]),
    Case("ba", [3, 4], meaning: "ba->ab"), Case("ii->i", [4, 4]),
    Case("ii", [4, 4], meaning: "ii->"),
    Case("iji->ij", [3, 2, 3]), Case("iiji->ji", [3, 3, 2, 3]), Case("bij->bj", [2, 3, 4]),
    Case("i,i->", [5], [5]), Case("i,j->ij", [3], [4]), Case("i,i->i", [5], [5]),
    Case("ij,j->i", [3, 4], [4]), Case("j,ij->i", [4], [3, 4]),
    Case("ij,jk->ik", [3, 4], [4, 5]), Case("ij,jk", [3, 4], [4, 5], meaning: "ij,jk->ik"),
    Case("ij, kj -> ki", [3, 4], [5, 4], meaning: "ij,kj->ki"),
    Case("bij,bjk->bik", [2, 3, 4], [2, 4, 5]), Case("bij,jbk->kbi", [2, 3, 4], [4, 2, 5]),
    Case("bqhd,bkhd->bhqk", [2, 3, 2, 4], [2, 5, 2, 4]),
    Case("bhqk,bkhd->bqhd", [2, 2, 3, 5], [2, 5, 2, 4]),
    Case("bsd,dhk->bshk", [2, 3, 4], [4, 2, 5]), Case("hkd,bsd->bshk", [2, 5, 4], [2, 3, 4]),
    Case("bshk,hkd->bsd", [2, 3, 2, 5], [2, 5, 4]),
    Case("bijc,ijk->bck", [2, 2, 3, 4], [2, 3, 5]),
    Case("bxi,byi->bi", [2, 3, 4], [2, 5, 4]), Case("bij,bkl->b", [2, 3, 4], [2, 4, 2]),
    Case("bijx,bjky->bixky", [2, 3, 4, 2], [2, 4, 5, 3]),
    Case("Ab,bA->A", [3, 4], [4, 3]), Case("aB,Bc", [3, 4], [4, 2], meaning: "aB,Bc->ac"),
    Case("ii,i->i", [4, 4], [4]),
    // Axes of one element stretch.
    Case("ij,jk->ik", [3, 1], [4, 5]), Case("ij,ij->ij", [1, 4], [3, 4]),
    Case("bij,bjk->bik", [1, 3, 4], [2, 4, 5]),
    // Three operands and more.
    Case("ij,jk,kl->il", [2, 3], [3, 4], [4, 5]), Case("a,ab,b->", [3], [3, 4], [4]),
    Case("bi,bj,ijk->bk", [2, 3], [2, 4], [3, 4, 5]), Case("a,b,c,d->dbca", [2], [3], [2], [4]),
    // Ellipses.
    Case("...ij,...jk->...ik", [2, 3, 4], [2, 4, 5], meaning: "xij,xjk->xik"),
    Case("...ij,...jk", [2, 3, 4], [2, 4, 5], meaning: "xij,xjk->xik"),
    Case("...ij,jk->...ik", [2, 3, 3, 4], [4, 5], meaning: "xyij,jk->xyik"),
    Case("...i,...i->...", [2, 1, 4], [3, 4], meaning: "xyi,yi->xy"),
    Case("i...->...i", [2, 3, 4], meaning: "ixy->xyi"),
    Case("...ii->...i", [2, 3, 3], meaning: "xii->xi"),
    Case("b...c,cd->b...d", [2, 3, 5, 4], [4, 2], meaning: "bxyc,cd->bxyd"),
    Case("...,...->...", [3, 4], [4], meaning: "xy,y->xy"),
  ]

  /// The result against a sum term by term in double precision, and the gradients too, with all operands computed.
  @Test(arguments: cases) func isTheSum(_ test: Case) throws {
    var model = ModelBuilder(operatorSet: 12)
    let operands = Self.operands(test)
    for (position, operand) in operands.enumerated() {
      model.input("x\(position)", operand.shape.map { Int64($0) })
    }
    try Self.add(test, to: &model)
    let network = try model.load().network
    let inputs = operands.enumerated().map { ("x\($0.offset)", Tensor($0.element)) }
    let run = try LogicalRun(network, Dictionary(uniqueKeysWithValues: inputs))
    let sum = NaiveSum(test.meaning, operands)
    #expect(run.outputs[0].shape == sum.result.shape)
    #expect(DoubleTensor(run.outputs[0]).largestRelativeError(from: sum.result) < 1e-5)
    let gradients = run.gradients { Float($0 % 5 - 2) }
    for (position, expected) in sum.gradients({ Double($0 % 5 - 2) }).enumerated() {
      let gradient = DoubleTensor(try #require(gradients["x\(position)"]))
      #expect(gradient.relativeL2Error(from: expected) < 1e-5)
    }
  }

  /// The same where one operand is known from the file, and where all are.
  @Test(arguments: cases) func knowsConstants(_ test: Case) throws {
    let operands = Self.operands(test)
    let sum = NaiveSum(test.meaning, operands).result
    for fed in operands.indices.map(Optional.some) + [nil] {
      var model = ModelBuilder(operatorSet: 12)
      for (position, operand) in operands.enumerated() {
        if position == fed {
          model.input("x\(position)", operand.shape.map { Int64($0) })
        } else {
          model.floats("x\(position)", operand.shape.map { Int64($0) }, Tensor(operand).elements)
        }
      }
      if fed == nil { model.input("unused", [1]) }
      try Self.add(test, to: &model)
      let network = try model.load().network
      let inputs = fed.map { ["x\($0)": Tensor(operands[$0])] } ?? ["unused": Tensor(shape: [1])]
      let output = try LogicalRun(network, inputs).outputs[0]
      #expect(output.shape == sum.shape)
      #expect(DoubleTensor(output).largestRelativeError(from: sum) < 1e-5)
    }
  }

  /// The same where the file leaves every extent open.
  @Test(arguments: cases) func takesFreeSizes(_ test: Case) throws {
    // What stretches has to be known.
    if test.shapes.joined().contains(1) { return }
    let operands = Self.operands(test)
    var model = ModelBuilder(operatorSet: 12)
    for (position, operand) in operands.enumerated() {
      model.input("x\(position)", operand.shape.map { _ in nil })
    }
    try Self.add(test, to: &model)
    let inputs = operands.enumerated().map { ("x\($0.offset)", Tensor($0.element)) }
    let run = try LogicalRun(
      try model.load().network, Dictionary(uniqueKeysWithValues: inputs))
    let sum = NaiveSum(test.meaning, operands).result
    #expect(run.outputs[0].shape == sum.shape)
    #expect(DoubleTensor(run.outputs[0]).largestRelativeError(from: sum) < 1e-5)
  }

  /// Protects operands that follow from a size that the file leaves open, as the angles of rotary embeddings do.
  @Test func ofAFreeSize() throws {
    var model = ModelBuilder(operatorSet: 12)
    model.input("x", [1, nil, 2])
    model.integers("zero", [0], shape: [])
    model.integers("one", [1], shape: [])
    model.floats("frequencies", [2], [1, 0.5])
    model.node("Shape", ["x"], ["shape"])
    model.node("Gather", ["shape", "one"], ["count"])
    model.node("Range", ["zero", "count", "one"], ["range"])
    model.node("Cast", ["range"], ["positions"], ["to": 1])
    model.node(
      "Einsum", ["positions", "frequencies"], ["angles"], ["equation": .string("i,j->ij")])
    model.node("Add", ["x", "angles"], ["y"])
    model.output("y")
    let run = try LogicalRun(try model.load().network, ["x": Tensor(shape: [1, 3, 2])])
    #expect(run.outputs[0].elements == [0, 0, 1, 0.5, 2, 1])
  }

  /// Protects speed: projections by weights are dense layers, and the rest products of matrices; the node's name is that of
  /// the last layer.
  @Test func isLoweredToProducts() throws {
    func kinds(_ equation: String, isConstant: Bool) throws -> [String] {
      var model = ModelBuilder(operatorSet: 12)
      model.input("x0", [2, 3, 4])
      if isConstant {
        model.floats("x1", [4, 5], Array(repeating: 1, count: 20))
      } else {
        model.input("x1", [2, 4, 5])
      }
      model.node("Einsum", ["x0", "x1"], ["y"], name: "sum", ["equation": .string(equation)])
      model.output("y")
      let layers = try model.load().network.layers
      #expect(layers.last?.name == "sum")
      return layers.map(\.operation.kind)
    }
    #expect(try kinds("bsd,dk->bsk", isConstant: true) == ["Dense"])
    #expect(try kinds("bij,bjk->bik", isConstant: false) == ["MatrixMultiplication"])
  }

  /// Protects against equations that mean nothing, each with its own words.
  @Test(
    arguments: [
      ("ij,jk->ik", "one of 2 operands, and the node has 1"), ("i->i", "operand of 2 axes"),
      ("ijk->i", "operand of 2 axes"), ("ij->k", "one of the operands'"),
      ("ij->ii", "stand there once"), ("i1->i", "not understood"),
      ("ij->i->j", "more than one arrow"),
      ("...i->i", "the result has no ellipsis"), ("......->...", "not understood"),
      ("ij->i.", "not understood"),
    ])
  func refusesWrongEquations(equation: String, reason: String) throws {
    let model = ModelBuilder.single("Einsum", shape: [3, 4], ["equation": .string(equation)])
    let error = #expect(throws: ONNXError.self) { try model.load() }
    #expect(error?.node == "node")
    #expect("\(try #require(error))".contains(reason))
  }

  /// Protects against extents that differ under one letter, also where the file does not tell.
  @Test(arguments: ["ij,jk->ik", "ij,ij->ij", "ii,jk->ik"]) func refusesOtherExtents(
    equation: String
  )
    throws
  {
    var model = ModelBuilder()
    for name in ["a", "b"] { model.input(name, [nil, nil]) }
    model.node("Einsum", ["a", "b"], ["y"], ["equation": .string(equation)])
    model.output("y")
    let network = try model.load().network
    #expect(throws: VisualizationError.self) {
      try network.inferShapes(["a": [2, 3], "b": [4, 5]])
    }
  }

  private static func operands(_ test: Case) -> [DoubleTensor] {
    var source = SeededTensors(seed: 17)
    return test.shapes.map { source.uniform($0) }
  }

  private static func add(_ test: Case, to model: inout ModelBuilder) throws {
    model.node(
      "Einsum", test.shapes.indices.map { "x\($0)" }, ["y"], name: "node",
      ["equation": .string(test.equation)])
    model.output("y")
  }
}

/// The sum that an equation stands for, term by term: each letter runs through its axis.
private struct NaiveSum {
  private let subscripts: [[Character]]
  private let output: [Character]
  private let extents: [Character: Int]
  private let operands: [DoubleTensor]

  /// - Parameter equation: one without ellipses, with its result.
  init(_ equation: String, _ operands: [DoubleTensor]) {
    let sides = equation.split(separator: "->", omittingEmptySubsequences: false)
    subscripts = sides[0].split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
    output = Array(sides[1])
    self.operands = operands
    var extents: [Character: Int] = [:]
    for (letters, operand) in zip(subscripts, operands) {
      for (letter, extent) in zip(letters, operand.shape) {
        extents[letter] = max(extents[letter] ?? 1, extent)
      }
    }
    self.extents = extents
  }

  var result: DoubleTensor {
    var result = DoubleTensor(shape: output.map { extents[$0] ?? 0 })
    forEachTerm { places, target in
      result.elements[target] += zip(operands, places).reduce(1) { $0 * $1.0.elements[$1.1] }
    }
    return result
  }

  /// The gradients of the sum of the result times `weight` of each element's position.
  func gradients(_ weight: (Int) -> Double) -> [DoubleTensor] {
    var gradients = operands.map { DoubleTensor(shape: $0.shape) }
    forEachTerm { places, target in
      for position in operands.indices {
        let others = operands.indices.filter { $0 != position }
          .reduce(1) { $0 * operands[$1].elements[places[$1]] }
        gradients[position].elements[places[position]] += weight(target) * others
      }
    }
    return gradients
  }

  private func forEachTerm(_ body: (_ places: [Int], _ target: Int) -> Void) {
    let letters = extents.keys.sorted()
    var values = Dictionary(uniqueKeysWithValues: letters.map { ($0, 0) })
    func place(_ subscripts: [Character], _ shape: [Int]) -> Int {
      zip(subscripts, shape).reduce(0) { $0 * $1.1 + min(values[$1.0] ?? 0, $1.1 - 1) }
    }
    func visit(_ position: Int) {
      guard position < letters.count else {
        body(
          zip(subscripts, operands).map { place($0, $1.shape) },
          place(output, output.map { extents[$0] ?? 0 }))
        return
      }
      for value in 0..<(extents[letters[position]] ?? 0) {
        values[letters[position]] = value
        visit(position + 1)
      }
    }
    visit(0)
  }
}
