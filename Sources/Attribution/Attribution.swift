/// Which parts of a picture speak for a class, a unit or any other objective.
@_exported public import FeatureVisualization
