#!/usr/bin/env python3
"""Property: the printed OpenAPI and JSON Schema documents are JSON for a parser that is not ours, every reference in
them resolves, and every operation is in the OpenAPI document.

usage: documents_test.py <print_schema>
"""

import json
import subprocess
import sys


def printed(program, document):
    return subprocess.run([program, document], capture_output=True, text=True, check=True).stdout


def refuse_repeats(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"repeated member in {names}"
    return dict(pairs)


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


def check_references(document):
    found = list(references(document))
    assert found, "no reference at all"
    for reference in found:
        target = document
        assert reference.startswith("#/"), reference
        for part in reference[2:].split("/"):
            assert part in target, f"{reference} leads nowhere"
            target = target[part]


def check_operations(openapi, operations):
    assert openapi["openapi"].startswith("3.1")
    assert len(operations) > 10, operations
    introduction = openapi["info"]["description"]
    for name in operations:
        operation = openapi["paths"].get(f"/api/v1/{name}", {}).get("post")
        if operation is None:
            assert f"`{name}`" in introduction.split("On the stream only:")[1], f"{name} is nowhere"
            continue
        assert set(operation["responses"]) == {"200", "4XX", "5XX"}, name
        assert operation["requestBody"]["required"] is True, name
    assert openapi["paths"]["/api/v1/send"]["post"]["security"] == [{"bearerAuth": []}]
    assert openapi["paths"]["/api/v1/sign_in"]["post"]["security"] == []
    assert "bearerAuth" in openapi["components"]["securitySchemes"]


def check_messages(definitions):
    assert len(definitions["ClientFrame"]["allOf"][0]["oneOf"]) > 10
    body = definitions["Send"]["properties"]["body"]
    assert body["contentEncoding"] == "base64" and body["maxLength"] == 81920, body
    assert definitions["Send"]["required"] == ["conversation", "message"]
    assert "DirectKey" not in definitions, "a message with a secret has no JSON form"
    assert "DeviceList" in definitions


def main():
    program = sys.argv[1]
    openapi = json.loads(printed(program, "openapi"), object_pairs_hook=refuse_repeats)
    jsonschema = json.loads(printed(program, "jsonschema"), object_pairs_hook=refuse_repeats)
    check_references(openapi)
    check_references(jsonschema)
    check_operations(openapi, printed(program, "operations").split())
    check_messages(openapi["components"]["schemas"])
    check_messages(jsonschema["$defs"])
    assert set(jsonschema["$defs"]) == set(openapi["components"]["schemas"])


if __name__ == "__main__":
    main()
