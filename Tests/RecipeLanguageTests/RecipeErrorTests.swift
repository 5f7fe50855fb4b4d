import ConvolutionalNetworks
import FeatureVisualization
import RecipeLanguage
import Testing

/// Protects people who make a mistake: the place is shown, with what could stand there.
struct RecipeErrorTests {
  struct Case {
    let text: String
    /// What is marked.
    let marked: String
    /// What the reason says.
    let reason: String
    /// What is among the proposals.
    let proposal: String?

    init(_ text: String, _ marked: String, _ reason: String, _ proposal: String? = nil) {
      (self.text, self.marked, self.reason, self.proposal) = (text, marked, reason, proposal)
    }
  }

  @Test(arguments: [
    Case("chanel(conv1, 3)", "chanel", "'chanel' is no objective", "channel"),
    Case("channel(conv, 3)", "conv", "conv1"),
    Case("channel(scores, lyon)", "lyon", "lion"),
    Case("channel(conv1, 3", "", "ends too early", ")"),
    Case("channel(conv1, 3))", ")", "does not belong here", "the end"),
    Case("channel(conv1 3)", "3", "does not belong here", ","),
    Case("channel()", ")", "'layer' is missing", "layer"),
    Case("channel(conv1, unit: 3)", "3", "has no argument 'unit'", "units:"),
    Case("channel(conv1, 3, units: 4)", "4", "given twice"),
    Case("neuron(conv1, 3, all, 5)", "5", "no more arguments"),
    Case("channel(conv1, -3)", "-3", "counted from 0"),
    Case("channel(conv1, 3, at: 7)", "7", "no position", "[row, column]"),
    Case("channel(conv1, 1.5)", "1.5", "no whole number"),
    Case("channel(conv1, 4...2)", "4...2", "the range is empty"),
    Case("3 * [1, 2]", "[1, 2]", "nothing to raise"),
    Case("channel(conv1) $ 2", "$", "means nothing here"),
    Case("'abc", "'abc", "does not end", "'"),
    Case("1e999 * channel(conv1)", "1e999", "no number that can be counted with"),
    Case("channel(conv1) ^ channel(conv1)", "channel(conv1)", "no number", "a number"),
    Case("total-variation(space: bit)", "bit", "none of the words", "byte"),
    Case("masked(\"photo.png\")", "masked", "'masked' is no objective"),
    Case("margin(scores, [lion, zebra])", "[lion, zebra]", "is one unit"),
    Case("direction(conv1, \"vector.npy\")", "\"vector.npy\"", "no files belong to this recipe"),
    Case("weighted(conv1, rows: 0...2)", "weighted(conv1, rows: 0...2)", "rows and columns"),
  ])
  func `a wrong text is marked`(_ example: Case) throws {
    let context = RecipeContext(network: try RecipeNetwork.make())
    let thrown = #expect(throws: RecipeError.self) {
      let objective = try Objective(example.text, in: context)
      // Labels are looked up where the layer is known.
      _ = try context.network?.visualizeActivationWithLosses(objective, iterations: 1)
    }
    let error = try #require(thrown)
    let characters = Array(example.text)
    #expect(
      String(characters[min(error.range.lowerBound, characters.count)..<error.range.upperBound])
        == example.marked)
    #expect(error.description.contains(example.reason), "\(error)")
    if let proposal = example.proposal {
      #expect(error.expected.contains(proposal), "\(error.expected)")
    }
  }

  @Test func `the mark stands under what is wrong, in long texts too`() throws {
    let long = String(repeating: "channel(conv1, 3) + ", count: 40) + "chanel(conv1, 3)"
    let error = try #require(throws: RecipeError.self) { try Objective(long) }
    let lines = error.description.split(separator: "\n")
    #expect(lines[1].count <= 80)
    let mark = lines[2].firstIndex(of: "^")!
    let column = lines[2].distance(from: lines[2].startIndex, to: mark)
    #expect(lines[1].dropFirst(column).hasPrefix("chanel("))
  }

  @Test func `texts of any depth and length are refused or read, and never trap`() {
    for text in [
      String(repeating: "(", count: 100_000), String(repeating: "-", count: 100_000) + "1",
      String(repeating: "channel(", count: 10_000), String(repeating: "[", count: 5_000),
      String(repeating: "2^", count: 10_000) + "2", String(repeating: "a", count: 2_000_000),
    ] {
      #expect(throws: RecipeError.self) { try Objective(text) }
    }
  }

  @Test func `damaged texts are refused or read, and never trap`() {
    let seeds = [
      "direction(mixed4c, [0.1, -2e-3], power: 2) + 0.5*channel(conv2, 3)",
      "linear(0, 1, over: 20) * channel(\"a b\", [0...4, zebra], at: [3, 4]) - 2^3 / (1 - 4)",
      "-total-variation(beta: 1.5, space: byte)^2",
    ]
    var random = SeededGenerator(seed: 11)
    let alphabet = Array("()[],:+-*/^.\"'<01e9ax \u{E9}\u{1F600}")
    var readable = 0
    for round in 0..<20_000 {
      var text = Array(seeds[round % seeds.count])
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: text[place] = alphabet.randomElement(using: &random)!
        case 1: text.insert(alphabet.randomElement(using: &random)!, at: place)
        default: text.remove(at: place)
        }
      }
      do { if try !Objective(String(text)).terms.isEmpty { readable += 1 } } catch {
        #expect(error.range.lowerBound <= text.count)
        _ = error.description
      }
    }
    #expect(readable > 100)
  }
}
