/// Which of several sets of weights in one file is taken: averages that training kept, which publishers evaluate and
/// publish; then any others, in the file's order; then those of a network that only training needs.
///
/// As timm decides (`use_ema`), and those who distil a network: the teacher is evaluated.
/// https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/_helpers.py
package enum WeightsPrecedence: Int, Comparable, Sendable {
  case averaged, ordinary, auxiliary

  /// The precedence of weights whose names begin with `prefix`, or that such keys lead to.
  package init(ofPrefix prefix: String) {
    let words = prefix.lowercased().split { !$0.isLetter }.map(String.init)
    self =
      words.contains(where: Self.averages.contains)
      ? .averaged : words.contains(where: Self.auxiliaries.contains) ? .auxiliary : .ordinary
  }

  private static let averages: Set = ["ema", "averaged", "average", "swa", "shadow", "teacher"]
  private static let auxiliaries: Set = [
    "student", "discriminator", "optimizer", "optimizers", "optim",
  ]

  package static func < (left: WeightsPrecedence, right: WeightsPrecedence) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The order in words, for notes.
  package static let order = "averages go first, then what comes first in the file"
}
