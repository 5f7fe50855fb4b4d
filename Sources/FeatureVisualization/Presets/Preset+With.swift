extension Preset {
  /// The same recipe with a part of it changed, for calls of one line.
  ///
  ///     preset: .kerasVis.with(\.inputModifiers, [.jitter(16)]).with(\.gradModifier, nil)
  public func with<Part>(_ part: WritableKeyPath<Preset, Part>, _ value: Part) -> Preset {
    var preset = self
    preset[keyPath: part] = value
    return preset
  }
}
