// Operations whose output is their input's memory under another shape: they never run.

extension Identity: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }
  package var isView: Bool { true }
}

extension Reshape: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }
  package var isView: Bool { true }
}

extension Flatten: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }
  package var isView: Bool { true }
}

extension Squeeze: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }
  package var isView: Bool { true }
}

extension Unsqueeze: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }
  package var isView: Bool { true }
}

extension CompilableOperation {
  /// Never asked for: a view has no kernel.
  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    throw ShapeError("\(kind) is a view and has no kernel")
  }
}
