"""Publishes a protocol of one pulse: python3 publish.py localhost:9092 StimulusProtocol.avsc FINGERPRINT ID"""
import io, sys
import avro.io, avro.schema
from confluent_kafka import Producer

servers, schema_file, fingerprint, name = sys.argv[1:]
schema = avro.schema.parse(open(schema_file).read())   # ionstream schema StimulusProtocol > StimulusProtocol.avsc
value = io.BytesIO()
value.write(b"\xc3\x01" + bytes.fromhex(fingerprint))  # ionstream schema StimulusProtocol --fingerprint
avro.io.DatumWriter(schema).write({
    "id": name, "cellModel": "fitzhugh-nagumo-1961", "biomarkersOnly": False,
    "pulses": [{"onsetMs": 2.0, "durationMs": 10.0, "amplitude": 1.0}], "sampledCurrent": None,
    "horizonMs": 100.0, "outputStepMs": 0.5, "variables": ["V"], "route": "BOTH", "tags": {"by": "python"},
    "variant": "", "parameters": {}, "publishedState": "", "initialState": {},
}, avro.io.BinaryEncoder(value))
producer = Producer({"bootstrap.servers": servers, "acks": "all", "compression.type": "lz4"})
producer.produce("ionstream.stimuli.v1", key=name, value=value.getvalue())
print("published" if producer.flush(10) == 0 else "not published within 10 s", name)
