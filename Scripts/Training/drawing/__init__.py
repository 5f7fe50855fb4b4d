"""Pictures drawn from random numbers: the training data of the embedded networks."""
