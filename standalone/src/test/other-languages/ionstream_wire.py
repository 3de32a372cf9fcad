"""Reads the Avro on Ionstream's topics: single-object encoding and, given a schema registry, Confluent's wire format.

Needs python3-avro. A topic may hold both formats. The registry's address is that of its Confluent interface, as in
--schema-registry-url, e.g. http://localhost:8081/apis/ccompat/v7
"""
import io, json, urllib.request

import avro.io, avro.schema

FINGERPRINT_BYTES, NUMBER_BYTES = 8, 4


class MessageReader:
    """Of one message; schema_text is what `ionstream schema NAME` prints."""

    def __init__(self, schema_text, registry_url=None):
        self._schema = avro.schema.parse(schema_text)
        self._registry_url = registry_url
        self._readers = {}  # by the number of the writer's schema

    def read(self, value):
        if value[:2] == b"\xc3\x01":
            return _decoded(avro.io.DatumReader(self._schema), value[2 + FINGERPRINT_BYTES:])
        if value[:1] != b"\x00":
            raise ValueError(f"{len(value)} bytes that begin with {value[:2].hex()} are no Avro of Ionstream's")
        number = int.from_bytes(value[1:1 + NUMBER_BYTES], "big")
        if self._registry_url is None:
            raise ValueError(f"a record with schema {number} of a schema registry; give the registry's address")
        if number not in self._readers:
            self._readers[number] = avro.io.DatumReader(self._registered(number), self._schema)
        return _decoded(self._readers[number], value[1 + NUMBER_BYTES:])

    def _registered(self, number):
        with urllib.request.urlopen(f"{self._registry_url}/schemas/ids/{number}", timeout=30) as answer:
            return avro.schema.parse(json.load(answer)["schema"])


def _decoded(reader, record):
    return reader.read(avro.io.BinaryDecoder(io.BytesIO(record)))
