import ArgumentParser
import ConvolutionalNetworks

/// Which input of a network is the picture, and what the others hold.
struct InputOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Networks of several inputs"

  @Option(
    help: ArgumentHelp(
      "The input that the picture goes into; the only one that --hold leaves unless given.",
      valueName: "name"))
  var inputName: String?

  @Option(
    help: ArgumentHelp(
      """
      What another input holds: meta=0.5 for a number in every element, meta=values.npy or \
      meta=values.safetensors for an array. Once for each input.
      """, valueName: "input=value"))
  var hold: [HeldValue] = []

  func validate() throws {
    for (index, held) in hold.enumerated() {
      if hold[..<index].contains(where: { $0.input == held.input }) {
        throw ValidationError("--hold names input '\(held.input)' twice")
      }
      if held.input == inputName {
        throw ValidationError(
          "input '\(held.input)' is the picture's (--input-name): it cannot be held")
      }
    }
  }

  /// The picture's input.
  ///
  /// - Throws: `ToolError` for names that no input has, and where inputs are left that nobody says anything of.
  func pictureInput(of network: NeuralNetwork, _ path: String) throws -> NetworkInput {
    let names = network.inputs.map(\.name)
    func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
    guard !names.isEmpty else { throw ToolError("\(path): the network has no input") }
    for (name, option) in hold.map({ ($0.input, "--hold") })
      + (inputName.map { [($0, "--input-name")] } ?? [])
    where !names.contains(name) {
      throw ToolError("\(path): \(option): no input '\(name)'; there is \(list(names))")
    }
    let free = network.inputs.filter { input in !hold.contains { $0.input == input.name } }
    guard let first = free.first else {
      throw ToolError(
        "\(path): --hold leaves no input for the picture: \(list(names)) are all held")
    }
    guard let inputName else {
      guard free.count == 1 else {
        let held = free.first { $0.presentedShape.count != 4 } ?? first
        let picture = free.first { $0.name != held.name } ?? first
        throw ToolError(
          """
          \(path): the network has several inputs, \(list(free.map(\.name))). Say what all but the picture's hold, \
          for example: --input-name \(picture.name) --hold \(held.name)=0
          """)
      }
      return first
    }
    let missing = free.map(\.name).filter { $0 != inputName }
    guard missing.isEmpty, let input = free.first(where: { $0.name == inputName }) else {
      throw ToolError(
        "\(path): say what \(list(missing)) holds, too, for example: --hold \(missing[0])=0")
    }
    return input
  }

  /// The tensors that inputs hold, channels last, for a batch of so many pictures.
  func tensors(for network: NeuralNetwork, batch: Int = 1) throws -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for held in hold {
      guard let input = network.inputs.first(where: { $0.name == held.input }) else { continue }
      tensors[held.input] = try held.tensor(for: input, batch: batch)
    }
    return tensors
  }
}
