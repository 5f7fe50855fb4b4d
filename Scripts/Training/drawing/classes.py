"""The classes of PictureNet in the order of its outputs."""

from . import animals, patterns, plants, things

CLASSES = {
    "flamingo": animals.draw_flamingo,
    "penguin": animals.draw_penguin,
    "fish": animals.draw_fish,
    "butterfly": animals.draw_butterfly,
    "ladybird": animals.draw_ladybird,
    "spiral shell": animals.draw_spiral_shell,
    "zebra": animals.draw_zebra,
    "flower": plants.draw_flower,
    "tree": plants.draw_tree,
    "leaf": plants.draw_leaf,
    "mushroom": plants.draw_mushroom,
    "cactus": plants.draw_cactus,
    "house": things.draw_house,
    "sailing boat": things.draw_sailing_boat,
    "bicycle": things.draw_bicycle,
    "hot-air balloon": things.draw_hot_air_balloon,
    "cup": things.draw_cup,
    "key": things.draw_key,
    "umbrella": things.draw_umbrella,
    "eye": patterns.draw_eye,
    "star": patterns.draw_star,
    "heart": patterns.draw_heart,
    "honeycomb": patterns.draw_honeycomb,
    "brick wall": patterns.draw_brick_wall,
}
"""What draws each class: `draw(brush, rng)`."""
