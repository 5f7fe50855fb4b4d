"""TensorFlow: a compiled function of forward and input gradient of one logit."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
import tensorflow as tf
from keras_network import network
from networks import UNIT
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
from worker import Task, serve

task = Task.of_arguments()
words = task.configuration.split("+")
tf.config.threading.set_intra_op_parallelism_threads(task.threads)
tf.config.threading.set_inter_op_parallelism_threads(task.threads if "branches" in words else 1)
numbers = task.input()
model = network(task.folder, numbers.shape[1])
model.trainable = False
picture = tf.constant(numbers)


@tf.function(jit_compile=True if "xla" in words else None)
def function(x):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(x)
        logits = model(x, training=False)
        score = tf.reduce_sum(logits[:, UNIT])
    return logits, tape.gradient(score, x)


if "frozen" in words:  # weights are constants: grappler folds batch normalization into them
    function = convert_variables_to_constants_v2(function.get_concrete_function(picture))


def step():
    logits, gradient = function(picture)
    gradient.numpy()  # computed now
    return logits, gradient


serve(task, step, lambda result: [value.numpy() for value in result])
