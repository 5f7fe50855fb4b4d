"""tf-keras-vis: its own loop on the Keras model, with its regularizers, jitter and RMSProp."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
import tensorflow as tf
from keras_network import network
from networks import UNIT
from picture import DEVIATION, JITTER, MEAN, WEIGHT, Task, save, timed
from tf_keras_vis.activation_maximization import ActivationMaximization
from tf_keras_vis.activation_maximization.input_modifiers import Jitter
from tf_keras_vis.activation_maximization.regularizers import Norm, TotalVariation2D
from tf_keras_vis.utils.scores import CategoricalScore

task = Task.of_arguments()
tf.config.threading.set_intra_op_parallelism_threads(task.threads)
tf.config.threading.set_inter_op_parallelism_threads(1)
tf.keras.utils.set_random_seed(0)
model = network(task.folder, task.side, mean=MEAN, deviation=DEVIATION)
model.trainable = False
start = tf.random.normal((1, task.side, task.side, 3), 127.5, 12.75)
with timed():
    pixels = ActivationMaximization(model, clone=False)(
        CategoricalScore(UNIT),
        seed_input=start,
        input_modifiers=[Jitter(JITTER)],
        regularizers=[TotalVariation2D(WEIGHT), Norm(WEIGHT, p=6)],
        steps=task.steps,
    )
save(task.picture, tf.convert_to_tensor(pixels)[0].numpy())
