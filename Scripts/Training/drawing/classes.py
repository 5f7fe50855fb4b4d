"""The classes of PictureNet in the order of its outputs."""

from .objects import (
    bicycle, brick_wall, butterfly, cactus, cup, eye, fish, flamingo, flower, heart, honeycomb,
    hot_air_balloon, house, key, ladybird, leaf, mushroom, penguin, sailing_boat, spiral_shell,
    star, tree, umbrella, zebra,
)

CLASSES = {
    "flamingo": flamingo.draw,
    "penguin": penguin.draw,
    "fish": fish.draw,
    "butterfly": butterfly.draw,
    "ladybird": ladybird.draw,
    "spiral shell": spiral_shell.draw,
    "zebra": zebra.draw,
    "flower": flower.draw,
    "tree": tree.draw,
    "leaf": leaf.draw,
    "mushroom": mushroom.draw,
    "cactus": cactus.draw,
    "house": house.draw,
    "sailing boat": sailing_boat.draw,
    "bicycle": bicycle.draw,
    "hot-air balloon": hot_air_balloon.draw,
    "cup": cup.draw,
    "key": key.draw,
    "umbrella": umbrella.draw,
    "eye": eye.draw,
    "star": star.draw,
    "heart": heart.draw,
    "honeycomb": honeycomb.draw,
    "brick wall": brick_wall.draw,
}
"""What draws each class: `draw(brush, rng)`."""
