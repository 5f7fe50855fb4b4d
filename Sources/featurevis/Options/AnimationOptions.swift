import ArgumentParser

/// How a run is shown on its way, on a command line.
struct AnimationOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Animation"

  @Option(
    name: .customLong("animation"),
    help: ArgumentHelp(
      """
      An animation of the run: .gif, .png or .apng, in which several pictures stand side by side; or a folder for \
      numbered pictures (.png), with a folder in it for each of several.
      """, valueName: "file-or-folder"))
  var path: String?

  @Option(
    name: .customLong("animation-every"),
    help: ArgumentHelp(
      "A frame every so many steps; as many as make about \(Self.usualCount) frames unless given.",
      valueName: "steps"))
  var every: Int?

  @Option(
    name: .customLong("animation-at"),
    help: ArgumentHelp(
      "Frames before these steps, from 0, which is the start: 0,1,2,4,8. The result is always the last frame.",
      valueName: "steps"))
  var at: StepList?

  @Option(
    name: .customLong("animation-loops"),
    help: ArgumentHelp("How often it is played; 0, for ever, unless given.", valueName: "count"))
  var loops: Int?

  @Option(
    help: ArgumentHelp(
      "How long a frame is shown; 0.1 unless given. The last one is shown for two seconds more.",
      valueName: "seconds"))
  var frameDelay: Double?

  /// How many frames an animation has about, unless somebody says when they are taken.
  private static let usualCount = 40

  /// The most frames of an animation.
  private static let mostFrames = 1_000_000

  func validate() throws {
    try validatePositive(every, "--animation-every")
    if every != nil, at != nil {
      throw ValidationError("--animation-every and --animation-at exclude each other")
    }
    if let loops, !(0...65_535).contains(loops) {
      throw ValidationError("--animation-loops \(loops) is not in 0…65,535")
    }
    if let frameDelay, !(0.02...600).contains(frameDelay) {
      throw ValidationError("--frame-delay \(frameDelay) is not in 0.02…600 seconds")
    }
    guard path == nil else { return }
    let others: [(option: String, isSaid: Bool)] = [
      ("--animation-every", every != nil), ("--animation-at", at != nil),
      ("--animation-loops", loops != nil), ("--frame-delay", frameDelay != nil),
    ]
    if let other = others.first(where: \.isSaid) {
      throw ValidationError("\(other.option): say where the animation goes (--animation run.gif)")
    }
  }

  /// The steps of a run before which its picture is taken, ascending.
  ///
  /// - Throws: `ToolError` for a step that the run does not have.
  func steps(ofRun length: Int) throws -> [Int] {
    if let at {
      if let last = at.steps.last, last > length {
        throw ToolError("--animation-at \(last): the run has \(length) steps")
      }
      // What is there after the last step is the result.
      return at.steps.filter { $0 < length }
    }
    let step = every ?? max(1, length / Self.usualCount)
    guard length / step < Self.mostFrames else {
      throw ToolError(
        "--animation-every \(step): \((length / step).grouped) frames of a run of \(length.grouped) steps are more than \(Self.mostFrames.grouped)"
      )
    }
    return Array(stride(from: 0, to: length, by: step))
  }
}
