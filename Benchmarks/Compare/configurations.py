"""What each peer may be fastest with, for single steps."""

PYTORCH = ["contiguous", "channels-last", "channels-last+folded", "channels-last+folded+compiled"]
TENSORFLOW = ["function", "function+branches", "function+xla"]
# Weights as constants, so that batch normalization is folded into them. TensorFlow copies them several times over
# on the way, which large networks leave no memory for; those here without normalization gain nothing by it.
FROZEN = ["function+frozen", "function+frozen+branches"]
FROZEN_NETWORKS = ("squeezenet1.1", "resnet50", "googlenet", "mobilenet-v2")


def configurations(network):
    """Pairs of a peer and its configuration."""
    for configuration in PYTORCH:
        yield "pytorch", configuration
    for configuration in TENSORFLOW + (FROZEN if network in FROZEN_NETWORKS else []):
        yield "tensorflow", configuration
