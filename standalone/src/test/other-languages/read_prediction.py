"""Prints one predicted trajectory. Usage: kcat ... -f %s | python3 read_prediction.py (see README)."""
import io, json, pathlib, sys
import avro.io, avro.schema
import numpy

schemas = pathlib.Path("schemas/src/main/avro")
names = avro.name.Names()
for file in ("Trajectory", "Prediction"):  # in the order in which they use one another
    schema = avro.schema.make_avsc_object(json.loads((schemas / f"{file}.avsc").read_text()), names)

message = sys.stdin.buffer.read()
assert message[:2] == b"\xc3\x01", "not an Avro single-object message"
prediction = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(io.BytesIO(message[10:])))

trajectory = prediction["trajectory"]
planes = numpy.frombuffer(trajectory["values"], numpy.uint8).reshape(4, -1)  # F32_LE_SHUFFLED
values = planes.T.copy().view("<f4").reshape(len(trajectory["variables"]), trajectory["samples"])
time_ms = numpy.arange(trajectory["samples"]) * trajectory["stepMs"]

print(prediction["id"], prediction["source"], prediction["modelId"])
for name, row in zip(trajectory["variables"], values):
    print(f"{name}: {row.min():.4f} .. {row.max():.4f}, largest at {time_ms[row.argmax()]:.2f} ms")
