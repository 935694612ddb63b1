"""Files as NumPy writes them and sparse rows as scikit-learn reads them. Writes fixtures/readers.json."""

import base64
import io
import json
import pathlib

import numpy
import sklearn
from sklearn.datasets import dump_svmlight_file, load_svmlight_file, load_svmlight_files

random = numpy.random.default_rng(3)


def bytes_of(save, *arrays, **named):
    buffer = io.BytesIO()
    save(buffer, *arrays, **named)
    return base64.b64encode(buffer.getvalue()).decode()


def numbers(array):
    """In C order, as a list of float32 numbers."""
    return [float(value) for value in numpy.asarray(array, dtype="float32").ravel(order="C")]


types = ["|b1", "|i1", "|u1"] + [
    f"{order}{kind}" for kind in ["i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"] for order in "<>"
]
shapes = [(5,), (4, 3), (2, 3, 4), (3, 2, 2, 2)]

npy = []
for i, descr in enumerate(types):
    for fortran in [False, True]:
        shape = shapes[(i + fortran) % len(shapes)]
        kind = numpy.dtype(descr).kind
        if kind == "f":
            array = random.normal(size=shape)
        elif kind == "b":
            array = random.integers(0, 2, shape)
        else:
            information = numpy.iinfo(descr)
            array = random.integers(max(information.min, -(2**40)), min(information.max, 2**40), shape)
        array = numpy.asarray(array).astype(descr)
        array = numpy.asfortranarray(array) if fortran else array
        npy.append({"descr": descr, "fortran": fortran, "shape": shape, "npy": bytes_of(numpy.save, array), "values": numbers(array)})

images = random.integers(0, 256, (6, 3, 3), dtype="uint8")
labels = numpy.array([2, 0, 1, 1, 0, 2], dtype="int64")
archives = {
    "stored": bytes_of(numpy.savez, x_train=images, y_train=labels),
    "deflated": bytes_of(numpy.savez_compressed, x_train=images, y_train=labels),
}


def version(number):
    buffer = io.BytesIO()
    numpy.lib.format.write_array(buffer, labels, version=(number, 0))
    return base64.b64encode(buffer.getvalue()).decode()


ragged = numpy.array([[1, 2], [3]], dtype=object)

refused = {
    "objects": bytes_of(numpy.save, ragged),
    "texts": bytes_of(numpy.save, numpy.array(["cat", "dog"])),
    "complex": bytes_of(numpy.save, numpy.array([1j, 2])),
    "half": bytes_of(numpy.save, numpy.array([1, 2], dtype="float16")),
    "record": bytes_of(numpy.save, numpy.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])),
    "scalar": bytes_of(numpy.save, numpy.float64(3)),
    "empty": bytes_of(numpy.save, numpy.zeros((0, 4))),
}

table = random.normal(size=(7, 12)) * (random.random((7, 12)) < 0.4)
table[3] = 0
targets = numpy.array([-1, 1, 1, -1, 1, -1, 1])


def dumped(zero_based, comment=None):
    buffer = io.BytesIO()
    dump_svmlight_file(table, targets, buffer, zero_based=zero_based, comment=comment)
    return buffer.getvalue().decode()


def loaded(text, **options):
    data, labels = load_svmlight_file(io.BytesIO(text.encode()), dtype="float32", **options)
    return {"text": text, "labels": labels.tolist(), "width": data.shape[1], "rows": [numbers(row) for row in data.toarray()]}


svmlight = [
    loaded(dumped(True)),
    loaded(dumped(False)),
    loaded(dumped(False, "written by a program")),
    loaded("9 0:9 1:1 2:4\n1 0:2 7:1\n# none\n\n3 2:1.5e1 # few\n"),
    loaded("0.5 qid:1 1:1\n-2.25 qid:1 3:-2 4:0\n"),
]
# One file begins at column 0, so all do.
parts = ["1 2:1 5:2\n", "2 0:3 1:4\n"]
first, first_labels, second, second_labels = load_svmlight_files([io.BytesIO(part.encode()) for part in parts], dtype="float32")
together = {
    "texts": parts,
    "labels": [*first_labels.tolist(), *second_labels.tolist()],
    "rows": [numbers(row) for part in [first, second] for row in part.toarray()],
}

path = pathlib.Path(__file__).parent / "fixtures" / "readers.json"
path.write_text(
    json.dumps(
        {
            "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
            "npy": npy,
            "archives": {**archives, "images": numbers(images), "labels": labels.tolist()},
            "headers": {"1": version(1), "2": version(2), "3": version(3)},
            "refused": refused,
            "svmlight": svmlight,
            "together": together,
        }
    )
    + "\n"
)
