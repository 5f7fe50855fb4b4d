"""What is drawn: every recipe on every network, and what one recipe does not reach by itself."""

import re
import subprocess
from dataclasses import dataclass

KERAS = "Tests/KerasNetworkFormatTests/Fixtures/"
ONNX = "Tests/NetworkFormatsTests/ONNX/TransformerFixtures/"


@dataclass
class Case:
    network: str
    arguments: str

    @property
    def name(self) -> str:
        network = self.network.rsplit("/", 1)[-1]
        return f"{network} {self.arguments}".replace(" --range 0,1", "")

    @property
    def command(self) -> list[str]:
        return ["visualize", self.network, *self.arguments.split()]


# Feature maps of any size, fixed sizes that are no squares, either order of axes, a softmax, and attention.
FOR_EVERY_RECIPE = [
    ("picture-net", "--units flamingo,fish+star,3 --steps 6"),
    ("picture-net", "--layer stage2 --units 5,7+70 --position center --steps 5 --size 75x131 --seed 5"),
    (KERAS + "nested.keras", "--range 0,1 --units 0,1+2,3 --steps 12"),
    (KERAS + "nested.keras", "--range 0,1 --units 1 --steps 12 --size 17x31 --seed 1"),
    (KERAS + "nested.keras", "--range 0,1 --layer shared --units 2 --position 3,8 --steps 12 --size 33 --seed 2"),
    (KERAS + "merging.keras", "--range 0,255 --mean 100,110,120 --units 1,0+4 --steps 12 --size 24x37"),
    (KERAS + "channels_first.keras", "--range -1,1 --channel-order BGR --units all --steps 12"),
    (KERAS + "sequential.keras", "--range 0,1 --units 0,1+2 --steps 12"),
    (KERAS + "sequential.keras", "--range 0,1 --layer softmax --units 3 --steps 12 --seed 7"),
    (ONNX + "vit-dynamo.onnx", "--range 0,1 --units 0,2+3 --steps 12"),
    (ONNX + "convnext-dynamo.onnx", "--range 0,1 --units 1 --steps 12 --seed 3"),
]

# Options that change a recipe, each on the network in the box and on a small one.
OPTIONS = [
    "--backprop guided",
    "--backprop rectified",
    "--jitter 3",
    "--jitter 0",
    "--total-variation 0.5",
    "--negate",
    "--plain",
    "--half",
    "--steps 1",
    "--preset keras-vis --backprop guided --jitter 2 --total-variation 0.01 --negate",
]

COUNTER = "--preset keras-vis --total-variation 0.03 --start Examples/AppleCounting/scene.png"


def recipes(tool: str) -> list[str]:
    """The names of the recipes, which the tool tells whoever asks for one that does not exist."""
    run = subprocess.run([tool, "visualize", "picture-net", "--preset", "?"], capture_output=True, text=True)
    names = re.search(r"is not one of (.+)", run.stderr)
    if not names:
        raise SystemExit(f"{tool} does not list its presets: {run.stderr}")
    return names[1].split(", ")


def cases(tool: str) -> list[Case]:
    every = [
        Case(network, f"{arguments} --preset {recipe}")
        for recipe in recipes(tool)
        for network, arguments in FOR_EVERY_RECIPE
    ]
    # An option that comes twice counts as it comes last.
    changed = [
        Case(network, f"{arguments} {option}")
        for option in OPTIONS
        for network, arguments in [FOR_EVERY_RECIPE[0], FOR_EVERY_RECIPE[3]]
    ]
    counted = [
        Case("apple-counter", "--steps 4"),
        Case("apple-counter", f"--steps 6 {COUNTER}"),
        Case("apple-counter", f"--steps 6 {COUNTER} --negate --size 64x80"),
    ]
    return every + changed + counted
