/// How pictures reach the network: compiled for one size of picture, with the memory of a run.
///
/// What it is handed and hands back are pictures, 0…1.
struct PictureFeed {
  let program: Program
  let workspace: Workspace
  let size: PictureSize
  let count: Int

  /// Those of the taps of which the program computes some units or positions only.
  private let spreadTaps: [Int: SpreadTap]
  private let input: String
  private let feeding: PictureFeeding

  /// - Parameter retained: layers whose gradients are kept after a pullback.
  /// - Parameter memory: what the network's run may take.
  /// - Throws: `VisualizationError` where the network cannot take pictures of this size.
  init(
    _ network: NeuralNetwork, input: String, form: InputForm, specification: InputSpecification,
    size: PictureSize, count: Int, taps: [TapRequest], held: [String: Tensor],
    retained: [LayerID] = [], differentiates: Bool = true,
    backpropModifier: (any BackpropModifier)?,
    arithmetic: Program.Arithmetic = .fast, denseWeights: Program.WeightPrecision = .float32,
    memory: MemoryBudget
  ) throws(VisualizationError) {
    var shapes = held.mapValues(\.shape)
    shapes[input] = form.inputShape(size, count: count)
    do throws(NetworkError) {
      program = try Program(
        network, inputShapes: shapes, taps: taps,
        options: .init(
          differentiatedInputs: differentiates ? [input] : [], retainedGradients: retained,
          backpropModifier: backpropModifier,
          arithmetic: arithmetic, denseWeights: denseWeights, memoryLimit: try memory.rest()))
      workspace = try Workspace(program)
    } catch {
      throw memory.error(error)
    }
    var spreadTaps: [Int: SpreadTap] = [:]
    for tap in program.taps.indices { spreadTaps[tap] = SpreadTap(tap, of: program) }
    self.spreadTaps = spreadTaps
    for (name, tensor) in held where program.inputShapes[name] != nil {
      workspace.setInput(name, to: tensor)
    }
    self.size = size
    self.count = count
    self.input = input
    feeding = try PictureFeeding(form, specification)
  }

  /// Feeds picture `index`.
  func feed(_ picture: UnsafePointer<Float>, index: Int) {
    workspace.withInput(input) { values in
      guard let base = values.baseAddress else { return }
      feeding.feed(picture, base + index * size.count, size)
    }
  }

  /// Writes the gradient of picture `index` after a pullback.
  func readGradient(_ gradient: inout [Float], index: Int) {
    workspace.withInputGradient(input) { values in
      guard let base = values.baseAddress else {
        // No tap depends on the picture.
        for i in gradient.indices { gradient[i] = 0 }
        return
      }
      feeding.pullBack(base + index * size.count, into: &gradient, size)
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
  func forward() {
    workspace.forward()
    workspace.clearTapGradients()
    for spread in spreadTaps.values { spread.read(workspace) }
  }

  /// Pulls what losses have added to the taps' gradients back to the pictures.
  func pullback(at moment: Moment) {
    drainGradients()
    workspace.pullback(at: moment)
  }

  /// Hands on to the workspace what losses have added to gradients of spread-out taps.
  func drainGradients() {
    for spread in spreadTaps.values { spread.drainGradient(into: workspace) }
  }
}
