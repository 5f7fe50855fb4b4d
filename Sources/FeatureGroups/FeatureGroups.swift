// One import gives the networks and what draws with them as well: groups are of a network's units.
@_exported import FeatureVisualization
