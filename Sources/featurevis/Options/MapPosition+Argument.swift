import ArgumentParser
import ConvolutionalNetworks

/// A position of a feature map on a command line: `6,3` is row 6, column 3.
extension MapPosition: ExpressibleByArgument {
  public init?(argument: String) {
    if argument == "center" {
      self = .center
      return
    }
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.trimmingPrefix { $0 == " " })
    }
    guard numbers.count == 2, let row = numbers[0], let column = numbers[1], row >= 0, column >= 0
    else { return nil }
    self = .cell(row: row, column: column)
  }
}
