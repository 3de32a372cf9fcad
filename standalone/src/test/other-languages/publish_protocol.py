"""Writes one protocol as a message. Usage: python3 publish_protocol.py | kcat ... (see README)."""
import io, json, pathlib, sys
import avro.io, avro.schema

# From: java -jar standalone/target/ionstream.jar schema stimuli.v1 --header
HEADER = bytes.fromhex(sys.argv[1])

schema = avro.schema.parse(pathlib.Path("schemas/src/main/avro/StimulusProtocol.avsc").read_text())
protocol = {
    "id": "from-python-1", "cellModel": "fitzhugh-nagumo-1961", "route": "BOTH",
    "pulses": [{"onsetMs": 0.0, "durationMs": 10.0, "amplitude": 1.0}], "sampledCurrent": None,
    "horizonMs": 100.0, "outputStepMs": 0.3125, "variables": [], "tags": {"sender": "python"},
}
body = io.BytesIO()
avro.io.DatumWriter(schema).write(protocol, avro.io.BinaryEncoder(body))
sys.stdout.buffer.write(HEADER + body.getvalue())
