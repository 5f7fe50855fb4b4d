extension ProgramGraph {
  /// Asks a modifier how gradients pass each site.
  ///
  /// - Throws: `VisualizationError.unfitBackpropRule` for the rule of another kind of site.
  mutating func applyRules(of modifier: any BackpropModifier) throws(VisualizationError) {
    for index in nodes.indices {
      guard let kind = nodes[index].operation.backpropSiteKind else { continue }
      let site = BackpropSite(layer: nodes[index].layer, kind: kind)
      let rule = modifier.rule(at: site)
      guard rule.fits(kind) else {
        throw .unfitBackpropRule(
          modifier: modifier.name, layer: site.layer, operation: nodes[index].operation.kind)
      }
      nodes[index].rule = rule
    }
  }
}
