/// What PyTorch puts into the names of weights where it wraps a module: DataParallel and its kin, `torch.compile`,
/// sharding and checkpointing of activations.
package enum WrapperNames {
  private static let modules = "module."
  private static let others = [
    "_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.",
  ]

  /// The wrapper that a name begins with.
  static func leading(_ name: String) -> String? {
    ([modules] + others).first { name.hasPrefix($0) }
  }

  /// A name without the wrappers in it, wherever they stand: `features.module.0.weight` is `features.0.weight`.
  package static func removed(from name: String) -> String {
    guard ([modules] + others).contains(where: { name.contains($0.dropLast()) }) else {
      return name
    }
    let wrappers = Set(([modules] + others).map { $0.dropLast() })
    return name.split(separator: ".", omittingEmptySubsequences: false)
      .filter { !wrappers.contains($0) }.joined(separator: ".")
  }
}
