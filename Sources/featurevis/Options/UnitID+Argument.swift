import ArgumentParser
import ConvolutionalNetworks

/// A unit on a command line: a number is an index, anything else a label.
extension UnitID: ExpressibleByArgument {
  public init?(argument: String) {
    guard let first = argument.first, first != "-" else { return nil }
    self = Int(argument).map(UnitID.index) ?? .label(argument)
  }
}
