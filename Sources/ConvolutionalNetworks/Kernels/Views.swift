// Operations whose output is their input's memory under another shape.

extension Identity: ViewOperation {
  package var arrangementRule: ArrangementRule { .following }
}

extension Reshape: ViewOperation {
  package var arrangementRule: ArrangementRule { .logical }
}

extension Flatten: ViewOperation {
  package var arrangementRule: ArrangementRule { .logical }
}

extension Squeeze: ViewOperation {
  package var arrangementRule: ArrangementRule { .logical }
}

extension Unsqueeze: ViewOperation {
  package var arrangementRule: ArrangementRule { .logical }
}
