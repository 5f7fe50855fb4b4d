extension Visualization {
  /// The pictures before the step of an iteration.
  public struct Snapshot: Sendable {
    /// The stage, from 0.
    public let stage: Int
    /// The iteration, from 0 in its stage.
    public let iteration: Int
    let picturesByInput: [(name: String, pictures: Tensor)]

    /// `[N, H, W, C]`, 0…1, shown as the recipe shows pictures; those of the first input where there are several.
    public var pictures: Tensor { picturesByInput[0].pictures }

    /// Those of an input by its name; `nil` where no input of this name is optimised.
    public func pictures(of input: String) -> Tensor? {
      picturesByInput.first { $0.name == input }?.pictures
    }
  }
}
