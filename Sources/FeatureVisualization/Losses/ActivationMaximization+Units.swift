// The same units for every picture, and units by number.

extension ActivationMaximization {
  /// Raises `units` together in every picture; no units stands for all of them.
  public init(layer: LayerID, units: [UnitID] = [], border: Int = 0) {
    self.init(layer: layer, eachOf: [units], border: border)
  }

  /// Raises `units` together in every picture; no units stands for all of them.
  @_disfavoredOverload
  public init(layer: LayerID, units: some Sequence<Int>, border: Int = 0) {
    self.init(layer: layer, eachOf: [units.map(UnitID.index)], border: border)
  }

  /// Raises `units` at one position of a feature map in every picture; no units stands for all of them.
  ///
  ///     ActivationMaximization(layer: "inception_4c/3x3", units: [97], at: .center)
  public init(layer: LayerID, units: [UnitID] = [], at position: MapPosition) {
    self.init(layer: layer, eachOf: [units], at: position)
  }

  /// Raises `units` at one position of a feature map in every picture; no units stands for all of them.
  @_disfavoredOverload
  public init(layer: LayerID, units: some Sequence<Int>, at position: MapPosition) {
    self.init(layer: layer, eachOf: [units.map(UnitID.index)], at: position)
  }

  /// Raises `units[n]` in picture `n`.
  @_disfavoredOverload
  public init(layer: LayerID, eachOf units: [[Int]], border: Int = 0) {
    self.init(layer: layer, eachOf: units.map { $0.map(UnitID.index) }, border: border)
  }

  /// Raises `units[n]` at one position of a feature map in picture `n`.
  @_disfavoredOverload
  public init(layer: LayerID, eachOf units: [[Int]], at position: MapPosition) {
    self.init(layer: layer, eachOf: units.map { $0.map(UnitID.index) }, at: position)
  }
}
