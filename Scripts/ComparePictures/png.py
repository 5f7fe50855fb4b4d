"""The bytes of a PNG's pixels, by the standard library alone: 8 bits a channel, not interlaced."""

import struct
import zlib
from pathlib import Path

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def pixels(file: Path) -> tuple[tuple[int, int, int], bytearray]:
    """Width, height and channels, and the numbers, row by row."""
    data, place, packed = file.read_bytes(), 8, b""
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            if depth != 8 or color not in CHANNELS or interlaced:
                raise ValueError(f"{file}: {depth} bits, colours of kind {color}")
        elif kind == b"IDAT":
            packed += body
        place += length + 12
    return (width, height, CHANNELS[color]), unfiltered(zlib.decompress(packed), width, height, CHANNELS[color])


def unfiltered(data: bytes, width: int, height: int, channels: int) -> bytearray:
    """Adds to each byte what its row's filter predicts from those to the left and above."""
    row = width * channels
    result, above = bytearray(), bytearray(row)
    for y in range(height):
        kind, line = data[y * (row + 1)], bytearray(data[y * (row + 1) + 1 : (y + 1) * (row + 1)])
        for x in range(row):
            left, corner = (line[x - channels], above[x - channels]) if x >= channels else (0, 0)
            line[x] = (line[x] + prediction(kind, left, above[x], corner)) & 255
        result += line
        above = line
    return result


def prediction(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:  # Paeth: whichever of the three is nearest to left + above − corner.
        return min((left, above, corner), key=lambda value: abs(left + above - corner - value))
    return (0, left, above, (left + above) // 2)[kind]
