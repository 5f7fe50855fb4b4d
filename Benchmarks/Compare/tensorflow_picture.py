"""TensorFlow without a library: the loop that one would write, a step of it one function."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
import tensorflow as tf
from keras_network import network
from networks import UNIT
from picture import DEVIATION, JITTER, MEAN, WEIGHT, Task, save, timed

task = Task.of_arguments()
tf.config.threading.set_intra_op_parallelism_threads(task.threads)
tf.config.threading.set_inter_op_parallelism_threads(1)
tf.keras.utils.set_random_seed(0)
model = network(task.folder, task.side, mean=MEAN, deviation=DEVIATION)
model.trainable = False
pixels = tf.Variable(tf.random.normal((1, task.side, task.side, 3), 127.5, 12.75))
optimizer = tf.keras.optimizers.RMSprop(1.0, 0.999)
optimizer.build([pixels])


def regularization():
    count = tf.cast(tf.size(pixels), tf.float32)
    variation = tf.reduce_sum(tf.image.total_variation(pixels)) / count
    return variation + tf.reduce_mean(tf.abs(pixels) ** 6) ** (1 / 6)


@tf.function
def step():
    shift = tf.random.uniform((2,), -JITTER, JITTER + 1, tf.int32)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(pixels)
        logit = model(tf.roll(pixels, shift, (1, 2)), training=False)[0, UNIT]
        loss = WEIGHT * regularization() - logit
    optimizer.apply([tape.gradient(loss, pixels)], [pixels])


with timed():
    for _ in range(task.steps):
        step()
    picture = pixels[0].numpy()
save(task.picture, picture)
