"""Writes Fixtures/Hostile: small Keras models whose files reach out of themselves, or claim more than they hold.

Needs h5py and numpy alone: `python make_hostile_fixtures.py`. Each file is the model Dense(3, input 4), but for one
dataset or group.
"""

import json
import pathlib
import zlib

import h5py
import numpy

FOLDER = pathlib.Path(__file__).parent / "Fixtures" / "Hostile"
SECRET = "/etc/hostname"
KERNEL = numpy.arange(12, dtype="float32").reshape(4, 3)


def config(layers):
    return json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": layers}})


def dense(units=3):
    return {
        "class_name": "Dense",
        "config": {"name": "d", "units": units, "activation": "linear", "use_bias": False,
                   "batch_input_shape": [None, 4], "dtype": "float32"},
    }


def write(name, kernel, layer=None, units=3):
    """A model whose kernel `kernel(group)` makes, or whose layer's group `layer(weights)` does."""
    with h5py.File(FOLDER / f"{name}.h5", "w") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["model_config"] = config([dense(units)])
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = numpy.array([b"d"])
        if layer:
            layer(file, weights)
            return
        group = weights.create_group("d")
        group.attrs["weight_names"] = numpy.array([b"d/kernel:0"])
        kernel(group.create_group("d"))


def listed(group):
    group.attrs["weight_names"] = numpy.array([b"d/kernel:0"])
    group.create_group("d")["kernel:0"] = KERNEL


def plain(group):
    group["kernel:0"] = KERNEL


def external_storage(group):
    group.create_dataset("kernel:0", (4, 3), "float32", external=[(SECRET, 0, 48)])


def external_link(group):
    group["kernel:0"] = h5py.ExternalLink("sequential.h5", "/model_weights")


def soft_link(group):
    group["other"] = KERNEL
    group["kernel:0"] = h5py.SoftLink("other")


def dangling_link(group):
    group["kernel:0"] = h5py.SoftLink("/nowhere")


def link_loop(group):
    group["kernel:0"] = h5py.SoftLink(group.name + "/back")
    group["back"] = h5py.SoftLink(group.name + "/kernel:0")


def soft_to_external(group):
    group["out"] = h5py.ExternalLink("sequential.h5", "/model_weights")
    group["kernel:0"] = h5py.SoftLink(group.name + "/out")


def virtual(group):
    layout = h5py.VirtualLayout((4, 3), "float32")
    layout[:, :] = h5py.VirtualSource("sequential.h5", "data", (4, 3))
    group.create_virtual_dataset("kernel:0", layout)


def unlimited_virtual(group):
    layout = h5py.VirtualLayout((4, 3), "float32", maxshape=(None, 3))
    source = h5py.VirtualSource("sequential.h5", "data", (4, 3), maxshape=(None, 3))
    layout[:h5py.h5s.UNLIMITED, :] = source[:h5py.h5s.UNLIMITED, :]
    group.create_virtual_dataset("kernel:0", layout)


def unknown_filter(group):
    # lzf, which h5py brings along and libhdf5 would look for among its plugins.
    group.create_dataset("kernel:0", data=KERNEL, chunks=(4, 3), compression="lzf")


def compressed(group):
    group.create_dataset(
        "kernel:0", data=KERNEL, chunks=(2, 3), compression="gzip", shuffle=True, fletcher32=True)


def deflated_twice(group):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((4, 3))
    properties.set_deflate(9)
    properties.set_deflate(9)
    space = h5py.h5s.create_simple((4, 3))
    dataset = h5py.h5d.create(group.id, b"kernel:0", h5py.h5t.IEEE_F32LE, space, properties)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, KERNEL)


def no_data(group):
    group.create_dataset("kernel:0", (4, 3), "float32", chunks=(2, 3))


def huge(group):
    # 4 TB of which a single chunk is there.
    dataset = group.create_dataset("kernel:0", (1 << 20, 1 << 20), "float32", chunks=(4, 3))
    dataset[:4, :3] = KERNEL


def huge_chunk(group):
    # A chunk of 3 GB of zeros, deflated, for a dataset of 12 numbers.
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((1 << 14, 3 << 14))
    properties.set_deflate(9)
    space = h5py.h5s.create_simple((4, 3), (h5py.h5s.UNLIMITED, h5py.h5s.UNLIMITED))
    dataset = h5py.h5d.create(group.id, b"kernel:0", h5py.h5t.IEEE_F32LE, space, properties)
    dataset.write_direct_chunk((0, 0), b"\x78\x9c\x03\x00\x00\x00\x00\x01")


def chunk_of(bytes):
    """A dataset whose one chunk, of 48 bytes, holds `bytes` deflated."""
    def write_chunk(group):
        dataset = group.create_dataset("kernel:0", (4, 3), "float32", chunks=(4, 3), compression="gzip")
        dataset.id.write_direct_chunk((0, 0), zlib.compress(bytes))
    return write_chunk


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kernel in [
        plain, external_storage, external_link, soft_link, dangling_link, link_loop, soft_to_external,
        virtual, unlimited_virtual, unknown_filter, compressed, deflated_twice, no_data, huge,
        huge_chunk,
    ]:
        write(kernel.__name__, kernel, units=1 << 20 if kernel is huge else 3)

    write("inflating_chunk", chunk_of(bytes(1 << 20)))
    write("short_chunk", chunk_of(bytes(20)))

    def external_group(file, weights):
        weights["d"] = h5py.ExternalLink("plain.h5", "/model_weights/d")

    def soft_group(file, weights):
        listed(file.create_group("elsewhere"))
        weights["d"] = h5py.SoftLink("/elsewhere")

    write("external_group", None, external_group)
    write("soft_group", None, soft_group)
    # A list whose elements all name the same long text: an element is its length, and where it lies.
    long = "d" * (1 << 18)

    def repeated_text(file, weights):
        group = weights.create_group("d")
        texts = numpy.array([long] + ["d"] * 2000, dtype=object)
        group.attrs.create("weight_names", texts, dtype=h5py.string_dtype())

    write("repeated_text", None, repeated_text)
    texts = bytearray((FOLDER / "repeated_text.h5").read_bytes())
    first = texts.index(len(long).to_bytes(4, "little"), texts.index(b"weight_names"))
    texts[first:first + 16 * 2001] = texts[first:first + 16] * 2001
    (FOLDER / "repeated_text.h5").write_bytes(texts)
    # A link of a user's own kind: an external one under the next number, which stands some bytes before its name.
    link = bytearray((FOLDER / "external_link.h5").read_bytes())
    name = link.rindex(b"kernel:0", 0, link.index(b"sequential.h5"))
    link[link.rindex(b"\x40", 0, name)] = 0x41
    (FOLDER / "user_link.h5").write_bytes(link)


if __name__ == "__main__":
    main()
