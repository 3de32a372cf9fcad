"""Prints predictions as they come: python3 read_predictions.py localhost:9092 Prediction.avsc COUNT [REGISTRY_URL]"""
import sys
import numpy
from confluent_kafka import Consumer
from ionstream_wire import MessageReader

servers, schema_file, count, *registry = sys.argv[1:]
reader = MessageReader(open(schema_file).read(), *registry)  # ionstream schema Prediction > Prediction.avsc
count = int(count)
consumer = Consumer({"bootstrap.servers": servers, "group.id": "read-predictions", "isolation.level": "read_committed",
                     "auto.offset.reset": "earliest"})
consumer.subscribe(["ionstream.predictions.v1"])
while count > 0:
    record = consumer.poll(1.0)
    if record is None or record.error():
        continue
    prediction = reader.read(record.value())
    trajectory = prediction["trajectory"]
    if trajectory is None:
        print(prediction["id"], prediction["outcome"], prediction["detail"])
    else:  # float32 little-endian, all first bytes, then all second bytes, ...; shape [variable][sample]
        planes = numpy.frombuffer(trajectory["values"], numpy.uint8).reshape(4, -1)
        values = planes.T.copy().view("<f4").reshape(len(trajectory["variables"]), trajectory["samples"])
        print(prediction["id"], prediction["source"], {name: f"{row.min():.3f} to {row.max():.3f}" for name, row
              in zip(trajectory["variables"], values)}, f"{trajectory['samples']} x {trajectory['stepMs']} ms")
    count -= 1
consumer.close()
