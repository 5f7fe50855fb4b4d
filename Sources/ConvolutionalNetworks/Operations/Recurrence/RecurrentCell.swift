/// What a recurrent layer computes at each step from `x` and from the state `h` that the step before left.
public enum RecurrentCell: Sendable, Hashable {
  /// `h ← f(W x + R h + b)`, one gate. Elman 1990.
  case simple
  /// `c ← f · c + i · g`, `h ← o · activation(c)`, with the gates i, f, g and o. Hochreiter and Schmidhuber 1997.
  ///
  /// - Parameter couplesGates: whether the forget gate is `1 − i`.
  case lstm(couplesGates: Bool = false)
  /// `h ← (1 − z) · n + z · h` with the gates z, r and n; `n = activation(W x + R (r · h) + b)`, or where the reset comes
  /// after the product, `activation(W x + b + r · (R h + b'))`. Cho et al. 2014.
  case gru(resetAfter: Bool)

  /// A gate: the weights that make one number of each unit at each step.
  public enum Gate: Sendable, Hashable {
    /// The state of a simple cell.
    case state
    /// i: how much of what is new an LSTM's cell takes in.
    case input
    /// f: how much of the old an LSTM's cell keeps.
    case forget
    /// g: what is new to an LSTM's cell.
    case cell
    /// o: how much of its cell an LSTM hands out.
    case output
    /// z: how much of the old a GRU's state keeps.
    case update
    /// r: how much of the old a GRU looks at.
    case reset
    /// n: what is new to a GRU's state.
    case candidate
  }

  /// The gates in the order of this package: state; input, forget, cell, output; update, reset, candidate.
  public var gates: [Gate] {
    switch self {
    case .simple: [.state]
    case .lstm: [.input, .forget, .cell, .output]
    case .gru: [.update, .reset, .candidate]
    }
  }

  /// The activations in order: of all gates but the new content, of the new content, and of what an LSTM hands out of its
  /// cell.
  public var activations: [RecurrentActivation] {
    switch self {
    case .simple: [.init(.tanh)]
    case .lstm: [.init(.sigmoid), .init(.tanh), .init(.tanh)]
    case .gru: [.init(.sigmoid), .init(.tanh)]
    }
  }

  /// Whether there is a cell beside the state.
  package var hasCell: Bool { if case .lstm = self { true } else { false } }

  /// The name in reports.
  var name: String {
    switch self {
    case .simple: "RNN"
    case .lstm: "LSTM"
    case .gru: "GRU"
    }
  }
}
