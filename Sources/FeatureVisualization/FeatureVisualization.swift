// One import gives the networks as well: there is nothing to visualize without one.
@_exported import ConvolutionalNetworks
