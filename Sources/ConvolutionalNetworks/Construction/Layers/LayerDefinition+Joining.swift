/// Layers that read several values.
extension LayerDefinition {
  /// `sum(name:)` under the name that it has by itself.
  public static var sum: LayerDefinition { sum() }

  /// The sum of two or more values, with NumPy's broadcasting; named `add`.
  public static func sum(name: String? = nil) -> LayerDefinition {
    arithmetic(.add, name, "add")
  }

  /// `product(name:)` under the name that it has by itself.
  public static var product: LayerDefinition { product() }

  /// The product of two or more values, with NumPy's broadcasting; named `multiply`.
  public static func product(name: String? = nil) -> LayerDefinition {
    arithmetic(.multiply, name, "multiply")
  }

  /// `concatenation(name:)` under the name that it has by itself.
  public static var concatenation: LayerDefinition { concatenation() }

  /// The channels of all values, or their units, one after another; named `concatenate`.
  public static func concatenation(name: String? = nil) -> LayerDefinition {
    LayerDefinition("Concatenation", name, defaultName: "concatenate") { site in
      Concatenation(axis: site.channelAxis - site.shape.count)
    }
  }

  private static func arithmetic(
    _ operation: Arithmetic.Operator, _ name: String?, _ defaultName: String
  ) -> LayerDefinition {
    LayerDefinition(
      operation.rawValue, name, joinsPairs: true, defaultName: defaultName
    ) { _ in Arithmetic(operation) }
  }
}
