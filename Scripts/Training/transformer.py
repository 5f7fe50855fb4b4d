"""The modules of a vision transformer (Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929)."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F


class PatchEmbedding(nn.Module):
    """Each square of `patch` pixels as a token: [N, 3, S, S] in 0…1 to [N, (S / patch)², width]."""

    def __init__(self, width, patch):
        super().__init__()
        self.projection = nn.Conv2d(3, width, patch, patch)

    def forward(self, x):
        # As one product, whose gradient takes half the time of a strided convolution's.
        squares = F.pixel_unshuffle(4 * x - 2, self.projection.kernel_size[0]).flatten(2).transpose(1, 2)
        return F.linear(squares, self.projection.weight.flatten(1), self.projection.bias)


class ClassToken(nn.Module):
    """Puts the class token before the patches and adds to each token where it is."""

    def __init__(self, width, patches):
        super().__init__()
        self.positions = nn.Parameter(0.02 * torch.randn(1 + patches, width))

    def forward(self, x):
        # The token is the same in every picture, and so is its place: one row of weights is both.
        return F.pad(x, (0, 0, 1, 0)) + self.positions


class Attention(nn.Module):
    """Attention of several heads, from each token to all."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.projections = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        split = self.projections(x).view(n, tokens, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        # Written out: the fused one of PyTorch's CPU build takes three times as long here.
        scores = query * (width // self.heads) ** -0.5 @ key.transpose(2, 3)
        attended = scores.softmax(-1) @ value
        return self.output(attended.transpose(1, 2).reshape(n, tokens, width))


class MLP(nn.Module):
    """Two dense layers at each token, four times as wide between them."""

    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    """Attention, then an MLP, each of normalized tokens and added to what it read."""

    def __init__(self, width, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = MLP(width)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class FirstToken(nn.Module):
    """The class token: [N, tokens, width] to [N, width]."""

    def forward(self, x):
        return x[:, 0]


def vision_transformer(classes, side, patch, width, depth, heads):
    """A plain one: pre-norm blocks, learned positions, the class token's features to the classes."""
    blocks = nn.Sequential(*(Block(width, heads) for _ in range(depth)))
    return nn.Sequential(
        OrderedDict(
            patches=PatchEmbedding(width, patch),
            tokens=ClassToken(width, (side // patch) ** 2),
            blocks=blocks,
            norm=nn.LayerNorm(width),
            class_token=FirstToken(),
            predictions=nn.Linear(width, classes),
        )
    )
