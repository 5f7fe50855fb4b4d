"""The networks that are compared, and what is asked of each."""

# The side of the input by the package's name of the architecture.
SIDES = {
    "vgg16": 224,
    "alexnet": 227,
    "squeezenet1.1": 224,
    "resnet50": 224,
    "googlenet": 224,
    "mobilenet-v2": 224,
}
# The logit that is maximised.
UNIT = 7
# Pictures in the input that is prepared; a smaller batch takes the first of them.
LARGEST_BATCH = 16
