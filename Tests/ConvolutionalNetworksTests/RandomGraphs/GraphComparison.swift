import ConvolutionalNetworks
import FeatureVisualizationTestSupport

/// A random graph's program against the interpreter, both ways.
///
/// Numbers may differ by what rounding can make of them: as much as the interpreter's own results change when its inputs
/// are shaken a little. A rectifier or a maximum that rounding decides otherwise moves gradients by more; such a graph
/// counts as undecided where shaking the inputs harder moves the interpreter's as far, and so does one whose gradient
/// cancels to nothing.
struct GraphComparison {
  private let graph: RandomGraph
  private let inputs: [String: DoubleTensor]
  private let seeds: [DoubleTensor]
  private let program: Program
  private var random: SeededTensors

  enum Outcome: Equatable {
    case agrees
    case undecided
    /// What is other than the interpreter says.
    case differs(String)
    /// The interpreter's numbers overflow, or are none.
    case meaningless
  }

  private static let pictures = 2
  /// Of the largest number, and of 1 where gradients cancel, what rounding may make of any graph.
  private static let rounding = 1e-5

  init(_ graph: RandomGraph) throws {
    self.graph = graph
    random = SeededTensors(seed: graph.seed ^ 0xABCD)
    let shapes = graph.inputs.mapValues { [Self.pictures] + $0.dropFirst() }
    var inputs: [String: DoubleTensor] = [:]
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      inputs[name] = random.spaced(shape)
    }
    self.inputs = inputs
    program = try Program(
      graph.network, inputShapes: shapes, taps: graph.taps, options: graph.options)
    seeds = program.taps.map { [random] in
      var random = random
      return random.uniform($0.shape)
    }
  }

  /// Taps and gradients, one after another.
  private typealias Results = [(name: String, elements: [Double])]

  mutating func outcome() throws -> Outcome {
    let exact = try interpreted(inputs)
    let largest = exact.flatMap(\.elements).reduce(0) { $1.isFinite ? max($0, abs($1)) : .infinity }
    guard largest < 1e12 else { return .meaningless }
    let run = EngineRun(try Workspace(program), inputs, seeds: seeds)
    let computed =
      (run.taps + inputs.keys.sorted().compactMap { run.gradients[$0] })
      .map { $0.elements.map(Double.init) }
    let slack = try largestChanges(from: exact, shakes: 3, by: 1e-6)
    var worst: (name: String, excess: Double)?
    var cancels = false
    for (index, (now, then)) in zip(computed, exact).enumerated() {
      guard now.count == then.elements.count else {
        return .differs("the shape of \(then.name)")
      }
      // NaN, which maxima pass over, is never within.
      let error = zip(now, then.elements).reduce(0) { worst, pair in
        pair.0.isFinite ? max(worst, abs(pair.0 - pair.1)) : .infinity
      }
      let size = then.elements.reduce(0) { max($0, abs($1)) }
      let isWithin = error <= Self.rounding * max(size, 1) + 4 * slack[index]
      // Where a network does not depend on an input, what is left of its gradient is rounding of terms of any size.
      if !isWithin, size < 1e-9, error < 1e-2 {
        cancels = true
      } else if !isWithin, worst == nil {
        worst = (then.name, error / max(size, 1e-30))
      }
    }
    guard let worst else { return cancels ? .undecided : .agrees }
    return try isUndecided(computed, exact)
      ? .undecided : .differs("\(worst.name) by \(worst.excess) of the largest")
  }

  private mutating func isUndecided(_ computed: [[Double]], _ exact: Results) throws -> Bool {
    for size in [1e-6, 1e-5, 1e-4] {
      let slack = try largestChanges(from: exact, shakes: 12, by: size)
      let isWithin = zip(zip(computed, exact), slack).allSatisfy { pair, slack in
        zip(pair.0, pair.1.elements).allSatisfy { abs($0 - $1) <= 2 * slack + Self.rounding }
      }
      if isWithin { return true }
    }
    return false
  }

  /// For each result, the most that any of its numbers changes when inputs are shaken.
  private mutating func largestChanges(from exact: Results, shakes: Int, by size: Double) throws
    -> [Double]
  {
    var most = exact.map { _ in 0.0 }
    for _ in 0..<shakes {
      var shaken = inputs
      for (name, tensor) in inputs.sorted(by: { $0.key < $1.key }) {
        let noise = random.uniform(tensor.shape, in: -size...size)
        shaken[name] = DoubleTensor(
          shape: tensor.shape, elements: zip(tensor.elements, noise.elements).map(+))
      }
      for (index, result) in try interpreted(shaken).enumerated() {
        most[index] = zip(result.elements, exact[index].elements).reduce(most[index]) {
          max($0, abs($1.0 - $1.1))
        }
      }
    }
    return most
  }

  private func interpreted(_ inputs: [String: DoubleTensor]) throws -> Results {
    let names = graph.taps.map(\.layer)
    let reference = try ReferenceInterpreter(graph.network).evaluate(inputs, taps: names)
    var results: Results = []
    var gradients: [LayerID: DoubleTensor] = [:]
    for (index, name) in names.enumerated() {
      let (tap, value) = (program.taps[index], try reference.value(of: name))
      let places = tap.places
      results.append((tap.layer, places.map { value.elements[$0] }))
      var seed = DoubleTensor(shape: value.shape)
      for (place, element) in zip(places, seeds[index].elements) { seed.elements[place] = element }
      gradients[name] = seed
    }
    for input in inputs.keys.sorted() {
      let gradient = try reference.gradient(
        of: gradients, withRespectTo: input, rule: graph.rule)
      results.append(("gradient of \(input)", gradient.elements))
    }
    return results
  }
}

extension Program.Tap {
  /// Where each number that is handed out lies in the layer's whole output.
  fileprivate var places: [Int] {
    let width = wholeShape[wholeShape.count - 1]
    let units = units ?? Array(0..<width)
    guard let region, wholeShape.count == 4 else {
      return (0..<wholeShape.dropLast().reduce(1, *)).flatMap { row in
        units.map { row * width + $0 }
      }
    }
    return (0..<wholeShape[0]).flatMap { picture in
      region.rows.flatMap { y in
        region.columns.flatMap { x in
          units.map { ((picture * wholeShape[1] + y) * wholeShape[2] + x) * width + $0 }
        }
      }
    }
  }
}
