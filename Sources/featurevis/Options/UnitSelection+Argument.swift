import ArgumentParser
import Galleries

extension UnitSelection: ExpressibleByArgument {
  /// Units as `--units` of a gallery takes them.
  public init?(argument: String) { self.init(argument) }
}
