/// How pictures reach the network: compiled for one size of picture, with the memory of a run.
///
/// What it is handed and hands back are pictures, 0…1.
struct PictureFeed {
  let program: Program
  let workspace: Workspace
  let count: Int

  /// Those of the taps of which the program computes some units or positions only.
  private let spreadTaps: [Int: SpreadTap]
  private let inputs: [FedInput]

  /// One optimised input: its name, and how its pictures become what the network is fed.
  private struct FedInput {
    let name: String
    let size: PictureSize
    let feeding: PictureFeeding

    init(_ sized: SizedInput) throws(VisualizationError) {
      name = sized.name
      size = sized.seenSize
      feeding = try PictureFeeding(sized.input.form, sized.input.specification)
    }
  }

  /// - Parameters:
  ///   - inputs: those that pictures go into; the others are held.
  ///   - pictures: the picture of the batch that each row shows.
  ///   - retained: layers whose gradients are kept after a pullback.
  ///   - memory: what the network's run may take.
  /// - Throws: `VisualizationError` where the network cannot take pictures of these sizes.
  init(
    _ network: NeuralNetwork, _ inputs: [SizedInput], pictures: [Int], taps: [TapRequest],
    retained: [LayerID] = [], differentiates: Bool = true,
    backpropModifier: (any BackpropModifier)? = nil,
    arithmetic: Program.Arithmetic = .fast, denseWeights: Program.WeightPrecision = .float32,
    memory: MemoryBudget
  ) throws(VisualizationError) {
    let held = inputs[0].input.held
    let values = held.rows(pictures)
    var shapes = values.mapValues(\.shape)
    for sized in inputs { shapes[sized.name] = sized.inputShape(count: pictures.count) }
    do throws(VisualizationError) {
      program = try Program(
        network, inputShapes: shapes, taps: taps,
        options: .init(
          differentiatedInputs: differentiates ? Set(inputs.map(\.name)) : [],
          retainedGradients: retained,
          backpropModifier: backpropModifier,
          arithmetic: arithmetic, denseWeights: denseWeights, memoryLimit: try memory.rest()))
      workspace = try Workspace(program)
    } catch {
      throw held.mismatch ?? memory.error(error)
    }
    var spreadTaps: [Int: SpreadTap] = [:]
    for tap in program.taps.indices { spreadTaps[tap] = SpreadTap(tap, of: program) }
    self.spreadTaps = spreadTaps
    for (name, tensor) in values where program.inputShapes[name] != nil {
      workspace.setInput(name, to: tensor)
    }
    count = pictures.count
    var fed: [FedInput] = []
    for sized in inputs { fed.append(try FedInput(sized)) }
    self.inputs = fed
  }

  /// Feeds picture `index` to an input, by its place among those that are optimised.
  func feed(_ picture: UnsafePointer<Float>, index: Int, input place: Int = 0) {
    let input = inputs[place]
    workspace.withInput(input.name) { values in
      guard let base = values.baseAddress else { return }
      input.feeding.feed(picture, base + index * input.size.count, input.size)
    }
  }

  /// Writes the gradient of picture `index` of an input after a pullback.
  func readGradient(_ gradient: inout [Float], index: Int, input place: Int = 0) {
    let input = inputs[place]
    workspace.withInputGradient(input.name) { values in
      guard let base = values.baseAddress else {
        // No tap depends on the picture.
        for i in gradient.indices { gradient[i] = 0 }
        return
      }
      input.feeding.pullBack(base + index * input.size.count, into: &gradient, input.size)
    }
  }

  /// What losses see of a tap; the same memory for every run.
  func part(ofTap tap: Int) -> TappedPart {
    if let spread = spreadTaps[tap] { return spread.part }
    return workspace.withTap(tap) { values in
      workspace.withTapGradient(tap) { gradient in
        TappedPart(shape: program.taps[tap].shape, values: values, gradient: gradient)
      }
    }
  }

  /// Computes the taps from the pictures fed.
  ///
  /// - Parameter isWanted: asked before each layer.
  /// - Returns: whether the taps are computed: not where that is no longer wanted.
  @discardableResult
  func forward(while isWanted: () -> Bool = { true }) -> Bool {
    guard workspace.forward(while: isWanted) else { return false }
    workspace.clearTapGradients()
    for spread in spreadTaps.values { spread.read(workspace) }
    return true
  }

  /// Pulls what losses have added to the taps' gradients back to the pictures.
  ///
  /// - Parameter isWanted: asked before each layer.
  /// - Returns: whether the pictures' gradients are written: not where that is no longer wanted.
  @discardableResult
  func pullback(at moment: Moment, while isWanted: () -> Bool = { true }) -> Bool {
    drainGradients()
    return workspace.pullback(at: moment, while: isWanted)
  }

  /// Hands on to the workspace what losses have added to gradients of spread-out taps.
  func drainGradients() {
    for spread in spreadTaps.values { spread.drainGradient(into: workspace) }
  }
}
