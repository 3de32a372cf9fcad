"""Runs an exported model in plain ONNX Runtime: python3-numpy and the onnxruntime package, nothing of this project.

usage: run_model.py MODEL.onnx ONSET_MS DURATION_MS AMPLITUDE
"""
import json
import sys

import numpy
import onnxruntime

path, onset, duration, amplitude = sys.argv[1], *map(float, sys.argv[2:5])
session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
card = json.loads(session.get_modelmeta().custom_metadata_map["ionstream.card"])

# The input is the mean current over each grid cell [t, t + step): a pulse shorter than a cell keeps its charge.
start = card["stepMs"] * numpy.arange(card["samples"])
overlap = numpy.minimum(start + card["stepMs"], onset + duration) - numpy.maximum(start, onset)
current = (amplitude * numpy.clip(overlap / card["stepMs"], 0, 1)).astype(numpy.float32)

trajectory = session.run(["trajectory"], {"current": current[None]})[0][0]
for variable, unit, row in zip(card["variables"], card["units"], trajectory):
    print(variable, "%.4f" % row.min(), "to", "%.4f" % row.max(), unit)
