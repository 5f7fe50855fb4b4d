import ArgumentParser
import ConvolutionalNetworks

/// Units of a layer, by index or by label: `130,flamingo` is a picture each, `1+zebra` one picture of both,
/// `all` a picture for every unit.
enum UnitGroups: ExpressibleByArgument {
  case all
  case groups([[UnitID]])

  init?(argument: String) {
    if argument == "all" {
      self = .all
      return
    }
    let groups = argument.split(separator: ",", omittingEmptySubsequences: false).map { group in
      group.split(separator: "+", omittingEmptySubsequences: false).map { unit in
        UnitID(argument: String(unit.drop(while: \.isWhitespace)))
      }
    }
    guard !groups.joined().contains(nil) else { return nil }
    self = .groups(groups.map { $0.compactMap { $0 } })
  }

  /// The units of each picture, for a layer of `count` units; `all` are named by their labels if they have any.
  func groups(of count: Int, in network: NeuralNetwork) -> [[UnitID]] {
    switch self {
    case .groups(let groups): groups
    case .all:
      (0..<count).map { unit in
        guard network.labels?.count == count, let label = network.label(of: unit),
          (try? network.unit(labeled: label)) == unit
        else { return [.index(unit)] }
        return [.label(label)]
      }
    }
  }
}
