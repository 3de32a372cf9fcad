"""Stands in for the onnxruntime package where it cannot be installed: the few calls that run_model.py makes, through the C
interface of the library itself (its functions are a table whose order never changes). ONNXRUNTIME names libonnxruntime.so.
"""
import ctypes
import os

import numpy

LIBRARY = ctypes.CDLL(os.environ["ONNXRUNTIME"])
NEWEST_COMMON = 17  # of the interface; what is called here is far older
MESSAGE, CREATE_ENVIRONMENT, CREATE_SESSION, RUN, CREATE_OPTIONS = 2, 3, 7, 9, 10
CREATE_TENSOR, TENSOR_VALUES, DIMENSION_COUNT, DIMENSIONS, SHAPE = 49, 51, 61, 62, 65
CPU_MEMORY, ALLOCATOR, METADATA, LOOK_UP = 69, 78, 111, 116
FLOAT32, WARNING, ARENA, DEFAULT = 1, 2, 1, 0


class Base(ctypes.Structure):
    _fields_ = [("api", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_uint32)), ("version", ctypes.c_void_p)]


LIBRARY.OrtGetApiBase.restype = ctypes.POINTER(Base)
TABLE = ctypes.cast(LIBRARY.OrtGetApiBase().contents.api(NEWEST_COMMON), ctypes.POINTER(ctypes.c_void_p))


def call(function, *arguments):
    types = [a if isinstance(a, type) else type(a) for a in arguments]
    status = ctypes.CFUNCTYPE(ctypes.c_void_p, *types)(TABLE[function])(*arguments)
    if status:
        raise RuntimeError(ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(TABLE[MESSAGE])(status).decode())


def made(function, *arguments, kind=ctypes.c_void_p):
    result = kind()
    call(function, *arguments, ctypes.pointer(result))
    return result


class Metadata:
    def __init__(self, session):
        self.custom_metadata_map = self
        self.metadata = made(METADATA, session)

    def __getitem__(self, key):
        allocator = made(ALLOCATOR)
        found = made(LOOK_UP, self.metadata, allocator, ctypes.c_char_p(key.encode()), kind=ctypes.c_char_p)
        return found.value.decode()


class InferenceSession:
    def __init__(self, path, providers):
        assert providers == ["CPUExecutionProvider"]
        self.environment = made(CREATE_ENVIRONMENT, ctypes.c_int(WARNING), ctypes.c_char_p(b"python"))
        options = made(CREATE_OPTIONS)
        self.session = made(CREATE_SESSION, self.environment, ctypes.c_char_p(os.fsencode(path)), options)

    def get_modelmeta(self):
        return Metadata(self.session)

    def run(self, outputs, feed):
        (input_name, values), (output_name,) = next(iter(feed.items())), outputs
        values = numpy.ascontiguousarray(values, numpy.float32)
        memory = made(CPU_MEMORY, ctypes.c_int(ARENA), ctypes.c_int(DEFAULT))
        shape = (ctypes.c_int64 * values.ndim)(*values.shape)
        tensor = made(
            CREATE_TENSOR, memory, ctypes.c_void_p(values.ctypes.data), ctypes.c_size_t(values.nbytes), shape,
            ctypes.c_size_t(values.ndim), ctypes.c_int(FLOAT32))
        result = ctypes.c_void_p()
        call(
            RUN, self.session, ctypes.c_void_p(), (ctypes.c_char_p * 1)(input_name.encode()),
            (ctypes.c_void_p * 1)(tensor.value), ctypes.c_size_t(1), (ctypes.c_char_p * 1)(output_name.encode()),
            ctypes.c_size_t(1), ctypes.pointer(result))
        kind = made(SHAPE, result)
        count = made(DIMENSION_COUNT, kind, kind=ctypes.c_size_t).value
        dimensions = (ctypes.c_int64 * count)()
        call(DIMENSIONS, kind, dimensions, ctypes.c_size_t(count))
        address = made(TENSOR_VALUES, result).value
        size = int(numpy.prod(list(dimensions)))
        flat = numpy.ctypeslib.as_array(ctypes.cast(address, ctypes.POINTER(ctypes.c_float)), (size,))
        return [flat.reshape(list(dimensions)).copy()]
