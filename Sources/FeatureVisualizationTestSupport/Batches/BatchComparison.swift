import ConvolutionalNetworks

/// Compares what a program computes of pictures in a batch with what it computes of each alone, bit by bit.
///
/// A few pictures take turns in the batch, so that each comes at many places.
package struct BatchComparison {
  private let network: NeuralNetwork
  /// Of one picture, by input name; the first axis counts pictures.
  private let shapes: [String: [Int]]
  private let taps: [TapRequest]
  private let options: Program.Options
  /// The inputs of each picture, by name.
  private let pictures: [[String: Tensor]]
  /// The gradients of the taps of each picture.
  private let gradients: [[Tensor]]
  private let alone: [Run]

  /// What a run gives of one picture.
  private struct Run {
    /// The taps, then the gradients of the inputs in the order of their names.
    let values: [(name: String, bits: [UInt32])]
  }

  /// A value of a picture that is not what it is alone.
  package struct Difference: Sendable, CustomStringConvertible {
    /// The pictures of the batch, and the place of this one.
    package let batch: Int
    package let place: Int
    /// The tap, or the input whose gradient it is.
    package let value: String
    /// The numbers that differ, and by how much of the largest.
    package let count: Int
    package let largest: Double

    package var description: String {
      "\(value) of picture \(place) of \(batch): \(count) numbers, up to \(largest) of the largest"
    }
  }

  /// Runs each picture alone.
  ///
  /// - Parameter shapes: of one picture, by input name, as inputs are handed in.
  package init(
    _ network: NeuralNetwork, shapes: [String: [Int]], taps: [TapRequest],
    options: Program.Options = .init(), pictures count: Int = 3, seed: UInt64 = 5
  ) throws {
    (self.network, self.shapes, self.taps, self.options) = (network, shapes, taps, options)
    let program = try Program(network, inputShapes: shapes, taps: taps, options: options)
    var tensors = SeededTensors(seed: seed)
    pictures = (0..<count).map { _ in shapes.mapValues { Tensor(tensors.uniform($0)) } }
    gradients = (0..<count).map { _ in program.taps.map { Tensor(tensors.uniform($0.shape)) } }
    let workspace = try Workspace(program)
    alone = zip(pictures, gradients).map { inputs, gradients in
      Self.run(workspace, [inputs], [gradients])[0]
    }
  }

  /// Everything in a batch of so many pictures that is not what it is alone.
  package func differences(batch: Int) throws -> [Difference] {
    let shapes = shapes.mapValues { [$0[0] * batch] + $0.dropFirst() }
    let program = try Program(network, inputShapes: shapes, taps: taps, options: options)
    let turns = (0..<batch).map { $0 % pictures.count }
    let runs = Self.run(
      try Workspace(program), turns.map { pictures[$0] }, turns.map { gradients[$0] })
    return runs.enumerated().flatMap { place, run in
      zip(run.values, alone[turns[place]].values).compactMap { now, then in
        Self.difference(now.bits, then.bits).map {
          Difference(
            batch: batch, place: place, value: now.name, count: $0.count, largest: $0.largest)
        }
      }
    }
  }

  /// How many values `differences` compares in a batch of so many pictures.
  package func comparisons(batch: Int) -> Int { batch * alone[0].values.count }

  private static func difference(_ now: [UInt32], _ then: [UInt32]) -> (
    count: Int, largest: Double
  )? {
    guard now != then else { return nil }
    guard now.count == then.count else { return (max(now.count, then.count), .infinity) }
    var (count, most, size) = (0, 0.0, 0.0)
    for (new, old) in zip(now, then) {
      let (a, b) = (Double(Float(bitPattern: new)), Double(Float(bitPattern: old)))
      size = max(size, abs(b))
      if new != old { (count, most) = (count + 1, max(most, abs(a - b))) }
    }
    return (count, size > 0 ? most / size : most)
  }

  private static func run(
    _ workspace: Workspace, _ pictures: [[String: Tensor]], _ gradients: [[Tensor]]
  ) -> [Run] {
    for name in pictures[0].keys {
      workspace.setInput(name, to: stacked(pictures.compactMap { $0[name] }))
    }
    workspace.forward()
    workspace.clearTapGradients()
    for index in workspace.program.taps.indices {
      let seeds = stacked(gradients.map { $0[index] })
      workspace.withTapGradient(index) { target in
        // Taps may share memory.
        for (position, seed) in zip(target.indices, seeds.elements) { target[position] += seed }
      }
    }
    var values = workspace.program.taps.enumerated().map { ($1.layer, workspace.tap($0)) }
    workspace.pullback()
    for name in pictures[0].keys.sorted() {
      values.append(("gradient of \(name)", workspace.inputGradient(name)))
    }
    let divided = values.map { ($0, parts($1, count: pictures.count)) }
    return pictures.indices.map { picture in
      Run(values: divided.map { (name: $0, bits: $1[picture]) })
    }
  }

  private static func stacked(_ tensors: [Tensor]) -> Tensor {
    Tensor(
      shape: [tensors[0].shape[0] * tensors.count] + tensors[0].shape.dropFirst(),
      elements: tensors.flatMap(\.elements))
  }

  private static func parts(_ tensor: Tensor, count: Int) -> [[UInt32]] {
    let bits = tensor.elements.map(\.bitPattern)
    let width = bits.count / count
    return (0..<count).map { Array(bits[$0 * width..<($0 + 1) * width]) }
  }
}
