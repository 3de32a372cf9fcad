"""Asks an Ionstream installation for a trajectory, as NumPy arrays by variable name.

Needs python3-confluent-kafka, python3-avro and python3-numpy, and the schemas in a folder:
    ionstream schema StimulusProtocol > StimulusProtocol.avsc
    ionstream schema StimulusProtocol --fingerprint > StimulusProtocol.fingerprint
    ionstream schema Prediction > Prediction.avsc
As a program: python3 ionstream_client.py localhost:9092 SCHEMA_FOLDER CELL_MODEL AMPLITUDE [REGISTRY_URL]
Protocols are written in single-object encoding, which an installation with a schema registry reads too; what it answers
is read by the registry's schemas.
"""
import io, sys, time, uuid
from pathlib import Path

import avro.io, avro.schema, numpy
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from ionstream_wire import MessageReader

NO_LEADER_YET = (KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE)
MAGIC = b"\xc3\x01"  # of a single Avro object; 8 bytes of the schema's fingerprint follow


class NotAnswered(Exception):
    """No prediction in time, or one without a trajectory; the message says why."""


class IonstreamClient:
    """One thread at a time. Predictions that were published before the client was opened are not seen."""

    def __init__(self, servers, schema_folder, prefix="ionstream.", registry_url=None):
        self._stimuli, predictions = prefix + "stimuli.v1", prefix + "predictions.v1"
        self._schema = avro.schema.parse(Path(schema_folder, "StimulusProtocol.avsc").read_text())
        self._header = MAGIC + bytes.fromhex(Path(schema_folder, "StimulusProtocol.fingerprint").read_text())
        self._reader = MessageReader(Path(schema_folder, "Prediction.avsc").read_text(), registry_url)
        self._producer = Producer({"bootstrap.servers": servers, "acks": "all", "compression.type": "lz4"})
        self._consumer = Consumer({"bootstrap.servers": servers, "group.id": "ionstream-client-" + uuid.uuid4().hex,
                                   "enable.auto.commit": False, "isolation.level": "read_committed"})
        topic = self._consumer.list_topics(predictions, timeout=30).topics[predictions]
        if topic.error is not None:
            raise NotAnswered(f"topic {predictions}: {topic.error}; check the prefix, or create the topics first")
        partitions = [TopicPartition(predictions, number) for number in topic.partitions]
        for partition in partitions:  # from here on, whenever the first poll comes
            partition.offset = self._end(partition, time.monotonic() + 30)
        self._consumer.assign(partitions)

    def _end(self, partition, deadline):
        """Where a partition ends now; asked again while its leader is just being chosen."""
        while True:
            try:
                return self._consumer.get_watermark_offsets(partition, timeout=30)[1]
            except KafkaException as fault:
                if fault.args[0].code() not in NO_LEADER_YET or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def ask(self, cell_model, pulses, horizon_ms, step_ms, timeout_s=30.0, **more):
        """Pulses are (onset ms, duration ms, amplitude). Returns (times in ms, {variable: array}, prediction)."""
        name = more.pop("id", None) or uuid.uuid4().hex
        self._publish({
            "id": name, "cellModel": cell_model, "horizonMs": horizon_ms, "outputStepMs": step_ms,
            "pulses": [{"onsetMs": onset, "durationMs": duration, "amplitude": amplitude}
                       for onset, duration, amplitude in pulses],
            "sampledCurrent": None, "variables": [], "biomarkersOnly": False, "route": "AUTO", "relativeL2Wanted": None,
            "tags": {}, "variant": "", "parameters": {}, "publishedState": "", "initialState": {}, **more})
        prediction = self._await(name, timeout_s)
        if prediction["trajectory"] is None:
            raise NotAnswered(f"{name}: {prediction['outcome']} {prediction['detail']}")
        return (*arrays(prediction["trajectory"]), prediction)

    def close(self):
        self._consumer.close()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()

    def _publish(self, protocol):
        value = io.BytesIO()
        value.write(self._header)
        avro.io.DatumWriter(self._schema).write(protocol, avro.io.BinaryEncoder(value))
        self._producer.produce(self._stimuli, key=protocol["id"], value=value.getvalue())
        if self._producer.flush(30) > 0:
            raise NotAnswered(f"{protocol['id']}: not published within 30 s; does the broker run?")

    def _await(self, name, timeout_s):
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            record = self._consumer.poll(0.2)
            if record is None or record.error() or record.key() != name.encode():
                continue
            return self._reader.read(record.value())
        raise NotAnswered(f"{name}: no prediction within {timeout_s} s; does a surrogate run?")


def arrays(trajectory):
    """Times in ms, and float32 arrays by variable: little-endian, all first bytes, then all second bytes, ..."""
    planes = numpy.frombuffer(trajectory["values"], numpy.uint8).reshape(4, -1)
    values = planes.T.copy().view("<f4").reshape(len(trajectory["variables"]), trajectory["samples"])
    return numpy.arange(trajectory["samples"]) * trajectory["stepMs"], dict(zip(trajectory["variables"], values))


if __name__ == "__main__":
    servers, folder, cell_model, amplitude, *registry = sys.argv[1:]
    with IonstreamClient(servers, folder, registry_url=next(iter(registry), None)) as client:
        times, traces, answer = client.ask(cell_model, [(5.0, 1.0, float(amplitude))], horizon_ms=100.0, step_ms=0.5)
        print(answer["source"], f"{times[-1]:g} ms",
              {variable: f"{trace.min():.3f} to {trace.max():.3f}" for variable, trace in traces.items()})
