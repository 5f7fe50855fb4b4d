"""The architectures: readable names, batch-norm that folds away on export, smooth gradients."""

from collections import OrderedDict

from torch import nn

from drawing.scene import SIDE
from transformer import vision_transformer

class Convolution(nn.Module):
    """Convolution, batch-norm and activation, exported as one convolution and one activation."""

    def __init__(self, inputs, outputs, kernel=3, stride=1, groups=1, padding=None, activation=nn.SiLU):
        super().__init__()
        padding = kernel // 2 if padding is None else padding
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.activation = activation() if activation else None

    def forward(self, x):
        x = self.norm(self.convolution(x))
        return self.activation(x) if self.activation else x


class Residual(nn.Module):
    """Two convolutions whose result is added to their input."""

    def __init__(self, channels, activation=nn.SiLU):
        super().__init__()
        self.first = Convolution(channels, channels, activation=activation)
        self.second = Convolution(channels, channels, activation=None)
        self.activation = activation()

    def forward(self, x):
        return self.activation(x + self.second(self.first(x)))


class GlobalAverage(nn.Module):
    """The mean over all positions: [N, C, H, W] to [N, C]."""

    def forward(self, x):
        return x.mean((2, 3))


def picture_net(classes):
    """PictureNet: residual, SiLU; `layout` weighs each position of the last 6×6 map of its own.

    That depthwise convolution knows where in the picture a feature lies, so that a class is one object
    rather than a texture of its parts, and it leaves height and width free as averaging would.
    """
    return nn.Sequential(
        OrderedDict(
            stem=Convolution(3, 32, kernel=5, stride=2),
            stage1=Convolution(32, 64, stride=2),
            stage1_block=Residual(64),
            stage2=Convolution(64, 128, stride=2),
            stage2_block=Residual(128),
            stage3=Convolution(128, 192, stride=2),
            stage3_block=Residual(192),
            layout=Convolution(192, 192, kernel=6, groups=192, padding=0, activation=None),
            average=GlobalAverage(),
            predictions=nn.Linear(192, classes),
        )
    )


def picture_transformer(classes):
    """PictureTransformer: a plain vision transformer of 64 patches, 12×12 pixels each, behind a class token."""
    return vision_transformer(classes, SIDE, patch=12, width=160, depth=6, heads=5)


def picture_judge(classes):
    """The network that judges PictureNet's pictures: plain, ReLU, other widths and depths, averaging."""
    return nn.Sequential(
        OrderedDict(
            stem=Convolution(3, 40, kernel=3, stride=2, activation=nn.ReLU),
            stage1=Convolution(40, 56, stride=2, activation=nn.ReLU),
            stage1_again=Convolution(56, 56, activation=nn.ReLU),
            stage2=Convolution(56, 112, stride=2, activation=nn.ReLU),
            stage2_again=Convolution(112, 112, activation=nn.ReLU),
            stage3=Convolution(112, 224, stride=2, activation=nn.ReLU),
            stage3_again=Convolution(224, 224, activation=nn.ReLU),
            average=GlobalAverage(),
            predictions=nn.Linear(224, classes),
        )
    )


def apple_counter():
    """AppleCounter: every position of a 12×12 map says how much of an apple it sees; their mean is scaled."""
    return nn.Sequential(
        OrderedDict(
            stem=Convolution(3, 24, kernel=5, stride=2),
            stage1=Convolution(24, 48, stride=2),
            stage1_block=Residual(48),
            stage2=Convolution(48, 96, stride=2),
            stage2_block=Residual(96),
            stage2_again=Residual(96),
            average=GlobalAverage(),
            count=nn.Linear(96, 1),
        )
    )


def apple_judge():
    """The network that judges AppleCounter's scenes: plain, ReLU, other widths."""
    return nn.Sequential(
        OrderedDict(
            stem=Convolution(3, 32, kernel=3, stride=2, activation=nn.ReLU),
            stage1=Convolution(32, 64, stride=2, activation=nn.ReLU),
            stage1_again=Convolution(64, 64, activation=nn.ReLU),
            stage2=Convolution(64, 80, stride=2, activation=nn.ReLU),
            stage2_again=Convolution(80, 80, activation=nn.ReLU),
            stage2_last=Convolution(80, 80, activation=nn.ReLU),
            average=GlobalAverage(),
            count=nn.Linear(80, 1),
        )
    )
