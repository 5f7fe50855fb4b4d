"""Small PyTorch modules, each a way in which people write networks: the corpus of make_exported_modules.py."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class Module:
    """A module, the shapes of its inputs, and which of the first one's axes may be free.

    `batch` says whether the batch may be free, `sizes` whether height and width may.
    """

    def __init__(self, build, *shapes, batch=True, sizes=False, half=False, channels_last=False):
        self.build, self.shapes = build, shapes
        self.batch, self.sizes, self.half, self.channels_last = batch, sizes, half, channels_last


class Function(nn.Module):
    """A function of tensors behind a convolution, so that there is something to differentiate."""

    def __init__(self, function, channels=3, out=4):
        super().__init__()
        self.conv = nn.Conv2d(channels, out, 3, padding=1)
        self.function = function

    def forward(self, x):
        return self.function(self.conv(x))


class Plain(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


def padded(mode, value=0.0):
    return lambda: Function(lambda x: F.pad(x, (1, 2, 3, 0), mode=mode, value=value))


def convolution(**arguments):
    return lambda: nn.Conv2d(4, 8, 3, **arguments)


class SqueezeExcite(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.reduce, self.expand = nn.Linear(8, 2), nn.Linear(2, 8)

    def forward(self, x):
        x = self.conv(x)
        b, c, _, _ = x.size()
        gate = F.adaptive_avg_pool2d(x, 1).view(b, c)
        gate = torch.sigmoid(self.expand(F.relu(self.reduce(gate)))).view(b, c, 1, 1)
        return x * gate.expand_as(x)


class ChannelShuffle(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 8, 1, groups=2)

    def forward(self, x):
        x = self.conv(x)
        b, c, h, w = x.size()
        return x.view(b, 2, c // 2, h, w).transpose(1, 2).contiguous().view(b, -1, h, w)


class SelfAttention(nn.Module):
    """nn.MultiheadAttention over the positions of a map."""

    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x, need_weights=False)[0]


class ScaledProduct(nn.Module):
    def __init__(self, causal=False, mask=False):
        super().__init__()
        self.project = nn.Linear(8, 24)
        self.causal, self.mask = causal, mask

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.project(x).reshape(b, n, 3, 2, c // 2).permute(2, 0, 3, 1, 4).unbind(0)
        mask = None
        if self.mask:
            mask = torch.zeros(n, n, dtype=x.dtype).masked_fill(
                torch.ones(n, n, dtype=torch.bool).triu(1), float("-inf"))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=self.causal)
        return y.transpose(1, 2).reshape(b, n, c)


class EncoderLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, activation="gelu")

    def forward(self, x):
        return self.layer(x)


class SwinBlock(nn.Module):
    """Cyclic shift, partition into windows, attention with a bias of relative positions and a mask, and back."""

    def __init__(self, size=8, window=4, shift=2, width=8, heads=2):
        super().__init__()
        self.window, self.shift, self.heads = window, shift, heads
        self.norm = nn.LayerNorm(width)
        self.project, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.bias = nn.Parameter(torch.randn((2 * window - 1) ** 2, heads))
        steps = torch.stack(torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij"))
        relative = (steps.flatten(1)[:, :, None] - steps.flatten(1)[:, None, :]).permute(1, 2, 0)
        relative = (relative + window - 1) * torch.tensor([2 * window - 1, 1])
        self.register_buffer("index", relative.sum(-1))
        regions = torch.zeros(1, size, size, 1)
        bands = (slice(0, -window), slice(-window, -shift), slice(-shift, None))
        for number, (rows, columns) in enumerate((a, b) for a in bands for b in bands):
            regions[:, rows, columns] = number
        parts = self.partition(regions).squeeze(-1)
        difference = parts[:, None, :] - parts[:, :, None]
        self.register_buffer("mask", difference.masked_fill(difference != 0, -100.0))

    def partition(self, x):
        b, h, w, c = x.shape
        m = self.window
        x = x.view(b, h // m, m, w // m, m, c)
        return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, m * m, c)

    def forward(self, x):
        b, c, h, w = x.shape
        x = x.permute(0, 2, 3, 1)
        shortcut = x
        x = torch.roll(self.norm(x), shifts=(-self.shift, -self.shift), dims=(1, 2))
        parts = self.partition(x)
        count, n, _ = parts.shape
        qkv = self.project(parts).reshape(count, n, 3, self.heads, c // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        scores = (q * (c // self.heads) ** -0.5) @ k.transpose(-2, -1)
        bias = self.bias[self.index.view(-1)].view(n, n, -1).permute(2, 0, 1).contiguous()
        scores = scores + bias.unsqueeze(0)
        groups = self.mask.shape[0]
        scores = scores.view(count // groups, groups, self.heads, n, n) + self.mask.unsqueeze(1).unsqueeze(0)
        weights = scores.view(-1, self.heads, n, n).softmax(-1)
        parts = self.out((weights @ v).transpose(1, 2).reshape(count, n, c))
        m = self.window
        x = parts.view(b, h // m, w // m, m, m, c).permute(0, 1, 3, 2, 4, 5).contiguous().view(b, h, w, c)
        x = torch.roll(x, shifts=(self.shift, self.shift), dims=(1, 2))
        return (shortcut + x).permute(0, 3, 1, 2)


class UNet(nn.Module):
    """Skip connections, with the decoder's maps padded to the encoder's size."""

    def __init__(self, transposed):
        super().__init__()
        self.down, self.middle = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 8, 3, padding=1)
        self.up = nn.ConvTranspose2d(8, 4, 2, stride=2) if transposed else None
        self.narrow = nn.Conv2d(8, 4, 1)
        self.last = nn.Conv2d(8, 2, 3, padding=1)

    def forward(self, x):
        skip = F.relu(self.down(x))
        y = F.relu(self.middle(F.max_pool2d(skip, 2)))
        if self.up is not None:
            y = self.up(y)
            rows, columns = skip.size(2) - y.size(2), skip.size(3) - y.size(3)
            y = F.pad(y, [columns // 2, columns - columns // 2, rows // 2, rows - rows // 2])
        else:
            y = self.narrow(F.interpolate(y, size=skip.shape[2:], mode="bilinear", align_corners=False))
        return self.last(torch.cat([skip, y], 1))


class YoloHead(nn.Module):
    """Boxes at three anchors as YOLOv5 decodes them: a grid made for the map at hand."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 3 * 7, 1)
        self.register_buffer("anchors", torch.tensor([[10.0, 13.0], [16.0, 30.0], [33.0, 23.0]]))

    def forward(self, x):
        x = self.conv(x)
        b, _, h, w = x.shape
        x = x.view(b, 3, 7, h, w).permute(0, 1, 3, 4, 2).contiguous()
        rows, columns = torch.meshgrid(
            torch.arange(h, device=x.device), torch.arange(w, device=x.device), indexing="ij")
        grid = torch.stack((columns, rows), 2).expand(1, 3, h, w, 2).to(x.dtype) - 0.5
        xy, wh, scores = x.sigmoid().split((2, 2, 3), 4)
        xy = (xy * 2 + grid) * 8
        wh = (wh * 2) ** 2 * self.anchors.view(1, 3, 1, 1, 2)
        return torch.cat((xy, wh, scores), 4).view(b, -1, 7)


class DistributionHead(nn.Module):
    """Boxes as YOLOv8 decodes them: expected distances from points made for two maps."""

    def __init__(self, bins=4, classes=3):
        super().__init__()
        self.bins, self.classes = bins, classes
        self.heads = nn.ModuleList(nn.Conv2d(4, 4 * bins + classes, 1) for _ in range(2))
        self.pool = nn.Conv2d(4, 4, 3, stride=2, padding=1)
        self.expectation = nn.Conv2d(bins, 1, 1, bias=False).requires_grad_(False)
        self.expectation.weight.data[:] = torch.arange(bins, dtype=torch.float).view(1, bins, 1, 1)

    def forward(self, x):
        maps = [x, self.pool(x)]
        outs = [head(m) for head, m in zip(self.heads, maps)]
        b = x.shape[0]
        joined = torch.cat([o.view(b, 4 * self.bins + self.classes, -1) for o in outs], 2)
        points, strides = [], []
        for out, stride in zip(outs, (8, 16)):
            _, _, h, w = out.shape
            columns = torch.arange(end=w, dtype=x.dtype) + 0.5
            rows = torch.arange(end=h, dtype=x.dtype) + 0.5
            rows, columns = torch.meshgrid(rows, columns, indexing="ij")
            points.append(torch.stack((columns, rows), -1).view(-1, 2))
            strides.append(torch.full((h * w, 1), stride, dtype=x.dtype))
        points, strides = torch.cat(points).transpose(0, 1), torch.cat(strides).transpose(0, 1)
        box, scores = joined.split((4 * self.bins, self.classes), 1)
        box = box.view(b, 4, self.bins, -1).transpose(2, 1).softmax(1)
        before, after = self.expectation(box).view(b, 4, -1).chunk(2, 1)
        low, high = points.unsqueeze(0) - before, points.unsqueeze(0) + after
        box = torch.cat(((low + high) / 2, high - low), 1) * strides
        return torch.cat((box, scores.sigmoid()), 1)


class DetectionConcat(nn.Module):
    """Class scores and boxes of two maps, as SSD joins them."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 6, 3, 2, 1)
        self.scores = nn.ModuleList([nn.Conv2d(4, 6, 3, padding=1), nn.Conv2d(6, 6, 3, padding=1)])
        self.boxes = nn.ModuleList([nn.Conv2d(4, 8, 3, padding=1), nn.Conv2d(6, 8, 3, padding=1)])

    def forward(self, x):
        first = F.relu(self.first(x))
        maps = [first, F.relu(self.second(first))]
        scores = [s(m).permute(0, 2, 3, 1).reshape(x.size(0), -1, 3) for s, m in zip(self.scores, maps)]
        boxes = [b(m).permute(0, 2, 3, 1).reshape(x.size(0), -1, 4) for b, m in zip(self.boxes, maps)]
        return torch.cat(scores, 1).softmax(-1), torch.cat(boxes, 1)


class Recurrent(nn.Module):
    """A classifier of sequences by its last state."""

    def __init__(self, kind, **arguments):
        super().__init__()
        self.cells = kind(5, 6, batch_first=True, **arguments)
        self.classify = nn.Linear(6 * (2 if arguments.get("bidirectional") else 1), 3)

    def forward(self, x):
        return self.classify(self.cells(x)[0][:, -1])


class LayerScale(nn.Module):
    """A ConvNeXt block: depthwise 7×7, channels-last normalization, GELU, a learned scale."""

    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv2d(4, 4, 7, padding=3, groups=4)
        self.norm = nn.LayerNorm(4, eps=1e-6)
        self.first, self.second = nn.Linear(4, 16), nn.Linear(16, 4)
        self.scale = nn.Parameter(torch.full((4,), 0.5))

    def forward(self, x):
        y = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        y = self.scale * self.second(F.gelu(self.first(y)))
        return x + y.permute(0, 3, 1, 2)


class FocalSlices(nn.Module):
    """YOLOv5's Focus: every second pixel, four times."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(12, 4, 3, padding=1)

    def forward(self, x):
        return self.conv(torch.cat(
            [x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]], 1))


class Normalized(nn.Module):
    """Preprocessing inside the network."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.conv((x[:, [2, 1, 0]] - self.mean) / self.std)


class PatchTokens(nn.Module):
    """Patches as tokens behind a class token, with learned positions resampled to the map at hand."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.token, self.positions = nn.Parameter(torch.randn(1, 1, 8)), nn.Parameter(torch.randn(1, 16, 8))
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        x = self.patches(x)
        h, w = x.shape[2:]
        positions = self.positions.reshape(1, 4, 4, 8).permute(0, 3, 1, 2)
        positions = F.interpolate(positions, size=(h, w), mode="bilinear").flatten(2).transpose(1, 2)
        x = x.flatten(2).transpose(1, 2) + positions
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1)
        return self.head(x[:, 0])


class RotaryAttention(nn.Module):
    """Queries and keys turned by their position."""

    def forward(self, x):
        b, n, c = x.shape
        rates = 1.0 / (100 ** (torch.arange(0, c, 2, dtype=x.dtype) / c))
        angles = torch.outer(torch.arange(n, dtype=x.dtype), rates)
        cos, sin = torch.cat([angles, angles], -1).cos(), torch.cat([angles, angles], -1).sin()
        first, second = x.chunk(2, -1)
        turned = x * cos + torch.cat([-second, first], -1) * sin
        return (turned @ turned.transpose(1, 2) / math.sqrt(c)).softmax(-1) @ x


class GroupedAttention(nn.Module):
    """Four heads of queries that share two of keys and values, some of whose features are turned by their position, with
    bounded scores: the operators of ONNX' set 23, which have no gradient in PyTorch, where torch.export exports it."""

    def __init__(self):
        super().__init__()
        self.project = nn.Linear(8, 24 + 12 + 12)
        angles = torch.outer(torch.arange(16.0), torch.tensor([1.0, 0.3]))
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def turned(self, x, heads):
        b, n, c = x.shape
        x = x.reshape(b, n, heads, -1)
        cos, sin = self.cos[:n, None], self.sin[:n, None]
        first, second, rest = x[..., 0:4:2], x[..., 1:4:2], x[..., 4:]
        pairs = torch.stack([first * cos - second * sin, first * sin + second * cos], -1).flatten(-2)
        return torch.cat([pairs, rest], -1).transpose(1, 2)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.project(x).split([24, 12, 12], -1)
        if torch.compiler.is_exporting():
            positions = torch.arange(n).unsqueeze(0).expand(b, n)
            q, k = (
                torch.onnx.ops.rotary_embedding(
                    value, self.cos, self.sin, positions, interleaved=True, num_heads=heads, rotary_embedding_dim=4)
                for value, heads in [(q, 4), (k, 2)])
            return torch.onnx.ops.attention(q, k, v, q_num_heads=4, kv_num_heads=2, softcap=0.5, scale=0.7)[0]
        q, k = self.turned(q, 4), self.turned(k, 2).repeat_interleave(2, 1)
        v = v.reshape(b, n, 2, -1).transpose(1, 2).repeat_interleave(2, 1)
        scores = 0.5 * torch.tanh(0.7 * q @ k.transpose(2, 3) / 0.5)
        return (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)


class RootMeanSquare(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.RMSNorm(8)
        self.linear = nn.Linear(8, 4)

    def forward(self, x):
        return self.linear(self.norm(x))


class GatedUnit(nn.Module):
    """SwiGLU."""

    def __init__(self):
        super().__init__()
        self.gate, self.up, self.down = nn.Linear(8, 12), nn.Linear(8, 12), nn.Linear(12, 8)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class GridSampled(nn.Module):
    """A spatial transformer."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.theta = nn.Parameter(torch.tensor([[[0.9, 0.1, 0.05], [-0.1, 0.8, -0.1]]]))

    def forward(self, x):
        grid = F.affine_grid(self.theta.expand(x.shape[0], 2, 3), list(x.shape), align_corners=False)
        return self.conv(F.grid_sample(x, grid, align_corners=False))


def normed(layer):
    return lambda: nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), layer())


class Warped(nn.Module):
    """A map sampled along displacements that are its own first two channels."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3, padding=1)

    def forward(self, x):
        moves, x = self.conv(x).split((2, 4), 1)
        rows, columns = torch.meshgrid(
            torch.linspace(-1, 1, 6, dtype=x.dtype), torch.linspace(-1, 1, 7, dtype=x.dtype), indexing="ij")
        grid = torch.stack((columns, rows), -1) + moves.permute(0, 2, 3, 1) * 0.3
        return F.grid_sample(x, grid, padding_mode="border", align_corners=True)


def spectral(norm):
    return lambda: nn.Sequential(norm(nn.Conv2d(3, 4, 3, padding=1)), nn.ReLU())


MAP, TOKENS = (2, 3, 12, 10), (2, 6, 8)


def feature(function, **arguments):
    """A function of a map of four channels."""
    return Module(lambda: Function(function), MAP, **({"sizes": True} | arguments))


MODULES = {
    # Padding
    "pad-constant": Module(padded("constant", 0.5), MAP, sizes=True),
    "pad-reflect": Module(padded("reflect"), MAP, sizes=True),
    "pad-replicate": Module(padded("replicate"), MAP, sizes=True),
    "pad-circular": Module(padded("circular"), MAP, sizes=True),
    "zero-pad": Module(lambda: nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(3, 4, 3, 2)), MAP, sizes=True),
    "pad-negative": feature(lambda x: F.pad(x, (-1, 2, 0, -2))),
    "conv-reflect": Module(convolution(padding=1, padding_mode="reflect"), (2, 4, 9, 8), sizes=True),
    "conv-replicate": Module(convolution(padding=1, padding_mode="replicate"), (2, 4, 9, 8), sizes=True),
    "conv-circular": Module(convolution(padding=1, padding_mode="circular"), (2, 4, 9, 8), sizes=True),
    "conv-same": Module(convolution(padding="same", dilation=2), (2, 4, 9, 8), sizes=True),
    # Convolutions
    "conv-grouped": Module(convolution(groups=2, stride=2), (2, 4, 9, 8), sizes=True),
    "conv-depthwise": Module(lambda: nn.Sequential(
        nn.Conv2d(4, 8, 3, groups=4, padding=1), nn.BatchNorm2d(8), nn.ReLU6(), nn.Conv2d(8, 3, 1)),
        (2, 4, 9, 8), sizes=True),
    "conv-transposed": Module(lambda: nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, groups=2), (2, 4, 5, 6), sizes=True),
    "conv-1d": Module(lambda: nn.Sequential(nn.Conv1d(3, 4, 5, 2, 2), nn.PReLU(4)), (2, 3, 20)),
    "conv-3d": Module(lambda: nn.Sequential(
        nn.Conv3d(2, 4, 3, padding=1), nn.BatchNorm3d(4), nn.ReLU(), nn.AvgPool3d(2)), (1, 2, 4, 6, 6)),
    "conv-3d-up-and-down": Module(lambda: nn.Sequential(
        nn.Conv3d(2, 4, (3, 5, 3), stride=(1, 2, 2), padding=(1, 2, 0), groups=2), nn.InstanceNorm3d(4), nn.ELU(),
        nn.MaxPool3d(3, 2, 1), nn.ConvTranspose3d(4, 3, (3, 2, 4), stride=(2, 1, 2), padding=(1, 0, 1)),
        nn.AdaptiveAvgPool3d(1)), (2, 2, 5, 12, 13)),
    "weight-norm": Module(lambda: nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 4, 3)), MAP, sizes=True),
    "spectral-norm": Module(spectral(nn.utils.parametrizations.spectral_norm), MAP, sizes=True),
    "spectral-norm-hook": Module(spectral(nn.utils.spectral_norm), MAP, sizes=True),
    # Pooling
    "pool-max-ceil": feature(lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True)),
    "pool-max-dilated": feature(lambda x: F.max_pool2d(x, 3, 2, dilation=2)),
    "pool-average-ceil": feature(lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True)),
    "pool-average-padding": feature(lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)),
    "pool-adaptive": feature(lambda x: F.adaptive_avg_pool2d(x, (3, 2)), sizes=False),
    "pool-adaptive-max": feature(lambda x: F.adaptive_max_pool2d(x, (4, 5)), sizes=False),
    "pool-global": feature(lambda x: x.mean((2, 3))),
    "pool-norm": feature(lambda x: F.lp_pool2d(x, 2, 2)),
    "pool-max-global": feature(lambda x: F.adaptive_max_pool2d(x, 1).flatten(1)),
    # Normalization
    "norm-batch": Module(normed(lambda: nn.BatchNorm2d(4)), MAP, sizes=True),
    "norm-instance": Module(normed(lambda: nn.InstanceNorm2d(4, affine=True)), MAP, sizes=True),
    "norm-instance-plain": Module(normed(lambda: nn.InstanceNorm2d(4)), MAP, sizes=True),
    "norm-group": Module(normed(lambda: nn.GroupNorm(2, 4)), MAP, sizes=True),
    "norm-layer": Module(lambda: nn.LayerNorm([3, 12, 10]), MAP),
    "norm-local": Module(normed(lambda: nn.LocalResponseNorm(3)), MAP, sizes=True),
    "norm-unit": feature(lambda x: F.normalize(x, dim=1)),
    "norm-root-mean-square": Module(RootMeanSquare, TOKENS),
    "norm-standardized": feature(lambda x: (x - x.mean((2, 3), keepdim=True)) / (x.std((2, 3), keepdim=True) + 1e-3)),
    # Attention
    "attention-module": Module(SelfAttention, TOKENS),
    "attention-product": Module(ScaledProduct, TOKENS),
    "attention-causal": Module(lambda: ScaledProduct(causal=True), TOKENS),
    "attention-masked": Module(lambda: ScaledProduct(mask=True), TOKENS),
    "attention-encoder": Module(EncoderLayer, TOKENS),
    "attention-rotary": Module(RotaryAttention, TOKENS),
    "attention-grouped": Module(GroupedAttention, TOKENS),
    "gated-unit": Module(GatedUnit, TOKENS),
    "swin": Module(SwinBlock, (2, 8, 8, 8)),
    "convnext": Module(LayerScale, (2, 4, 8, 8), sizes=True),
    "patch-tokens": Module(PatchTokens, (2, 3, 16, 16), sizes=True),
    # Resampling
    "resize-nearest": feature(lambda x: F.interpolate(x, scale_factor=2)),
    "resize-bilinear": feature(lambda x: F.interpolate(x, scale_factor=2, mode="bilinear")),
    "resize-corners": feature(lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)),
    "resize-bicubic": feature(lambda x: F.interpolate(x, scale_factor=2, mode="bicubic")),
    "resize-area": feature(lambda x: F.interpolate(x, size=(6, 5), mode="area"), sizes=False),
    "resize-size": feature(lambda x: F.interpolate(x, size=(7, 9), mode="bilinear")),
    "resize-antialias": feature(lambda x: F.interpolate(x, size=(5, 4), mode="bilinear", antialias=True)),
    "pixel-shuffle": feature(lambda x: F.pixel_shuffle(x, 2)),
    "pixel-unshuffle": feature(lambda x: F.pixel_unshuffle(x, 2)),
    "upsample-module": Module(lambda: nn.Sequential(nn.Conv2d(3, 4, 1), nn.Upsample(scale_factor=2)), MAP, sizes=True),
    "grid-sample": Module(GridSampled, (2, 3, 6, 7)),
    "grid-sample-warp": Module(Warped, (2, 3, 6, 7)),
    # Whole structures
    "u-net-transposed": Module(lambda: UNet(True), (1, 3, 9, 10), sizes=True),
    "u-net-resized": Module(lambda: UNet(False), (1, 3, 9, 10), sizes=True),
    "yolo-anchors": Module(YoloHead, (2, 4, 5, 6), sizes=True),
    "yolo-distribution": Module(DistributionHead, (2, 4, 6, 8), sizes=True),
    "detection-concat": Module(DetectionConcat, (2, 3, 8, 8), sizes=True),
    "squeeze-excite": Module(SqueezeExcite, (2, 3, 8, 8), sizes=True),
    "channel-shuffle": Module(ChannelShuffle, (2, 4, 6, 6), sizes=True),
    "focus": Module(FocalSlices, (2, 3, 8, 8), sizes=True),
    "preprocessing": Module(Normalized, (2, 3, 8, 8), sizes=True),
    # Shapes
    "flatten-linear": Module(lambda: nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(48, 5)), (2, 3, 6, 5)),
    "view-size": feature(lambda x: x.view(x.size(0), -1)),
    "reshape-dynamic": feature(lambda x: x.reshape(x.shape[0], x.shape[1] // 2, 2, x.shape[2], -1).mean(2)),
    "permute-flatten": feature(lambda x: x.permute(0, 2, 3, 1).flatten(1, 2)),
    "chunk": feature(lambda x: torch.cat([a * b for a, b in zip(x.chunk(2, 1), x.split(2, 1))], 1)),
    "stack": feature(lambda x: torch.stack([x, x.flip(3)], 1).sum(1)),
    "roll": feature(lambda x: x.roll((1, -2), (2, 3))),
    "slices": feature(lambda x: x[:, 1:, ::2, :-1] + x[:, :-1, ::2, 1:]),
    "narrow-select": feature(lambda x: x.narrow(2, 1, 3).select(3, -1)),
    "repeat": feature(lambda x: x.repeat(1, 2, 1, 1) + x.repeat_interleave(2, 1)),
    "where-mask": feature(lambda x: torch.where(x > 0.1, x * 2, x.new_tensor(-1.0)) + x.masked_fill(x < 0, 0.5)),
    "cumulative": feature(lambda x: x.cumsum(3)),
    "maximum-over-channels": feature(lambda x: x.max(1, keepdim=True)[0] + x.amin((2, 3), keepdim=True)),
    "top-values": feature(lambda x: x.flatten(1).topk(5)[0], sizes=False),
    "einsum": Module(lambda: Plain(lambda q, k: torch.einsum("bnc,bmc->bnm", q, k).softmax(-1)), TOKENS, TOKENS),
    "outer-einsum": feature(lambda x: torch.einsum("bchw,bdhw->bcd", x, x)),
    "two-inputs": Module(lambda: Plain(lambda a, b: torch.cat([a, b.expand(-1, -1, a.size(2), a.size(3))], 1) * 2),
                         (2, 3, 4, 5), (2, 2, 1, 1)),
    # Activations
    "gelu": feature(lambda x: F.gelu(x) + F.gelu(x, approximate="tanh")),
    "activations-1": feature(lambda x: F.silu(x) + F.mish(x) + F.hardswish(x) + F.hardsigmoid(x) + F.softsign(x)),
    "activations-2": feature(lambda x: F.elu(x) + F.selu(x) + F.celu(x, 1.5) + F.leaky_relu(x, 0.2) + F.logsigmoid(x)),
    "activations-3": feature(lambda x: F.hardtanh(x, -0.3, 0.4) + F.relu6(x * 9) + F.softplus(x, 2) + F.tanhshrink(x)),
    "activations-4": feature(lambda x: F.hardshrink(x, 0.2) + F.softshrink(x, 0.1) + F.threshold(x, 0.1, -0.2)),
    "gated-linear": feature(lambda x: F.glu(x, 1)),
    "quick-gelu": feature(lambda x: x * torch.sigmoid(1.702 * x)),
    "softmax-map": feature(lambda x: F.softmax(x, 1) + F.log_softmax(x, 2)),
    "log-sum-exp": feature(lambda x: x.logsumexp((2, 3)) + x.exp().sum((2, 3)).log()),
    # Recurrent
    "lstm": Module(lambda: Recurrent(nn.LSTM), (2, 7, 5)),
    "lstm-both-ways": Module(lambda: Recurrent(nn.LSTM, bidirectional=True, num_layers=2), (2, 7, 5)),
    "gru": Module(lambda: Recurrent(nn.GRU), (2, 7, 5)),
    "gru-both-ways": Module(lambda: Recurrent(nn.GRU, bidirectional=True), (2, 7, 5)),
    "rnn": Module(lambda: Recurrent(nn.RNN), (2, 7, 5)),
    "rnn-relu": Module(lambda: Recurrent(nn.RNN, nonlinearity="relu", num_layers=2), (2, 7, 5)),
    # Precision and layout
    "half": Module(lambda: nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(),
                                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)),
                   (2, 3, 8, 8), half=True),
    "channels-last": Module(lambda: nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.SiLU(),
                                                  nn.Conv2d(4, 6, 3, 2), nn.Flatten(), nn.Linear(54, 3)),
                            (2, 3, 8, 8), channels_last=True),
}
