/// What networks that had no part in a picture see in it, and figures of pictures that need no network.
@_exported public import FeatureVisualization
