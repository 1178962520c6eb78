"""The process that reads and makes content credentials. A file from outside may be made to break whatever reads it:
this is short-lived, has little memory and time, and can open nothing: no file, no connection.

It is asked on its standard input and answers on its standard output: a line of JSON, then the files that the line's
`sizes` counts, one after the other.

* `{"do": "read", "type": "image/jpeg", "anchors": PATH or ""}` and the picture: what its manifest says.
* `{"do": "sign", "certificate": PATH, "key": PATH, "original": TYPE, "pictures": [[TYPE, [ACTION, …]], …]}`, the
  original and its renditions: the renditions, signed.
"""

import contextlib
import io
import json
import resource
import socket  # noqa: F401 - what the library loads late must be here before nothing can be opened any more
import sys
from pathlib import Path
from typing import Any

import c2pa

from dateline.newsroom.pictures.credentials.sources import machine, source_name

#: Bytes of memory and of the largest file, and seconds of the processor.
MEMORY, SECONDS = 1 << 30, 20
#: Letters of a text, actions and ingredients of a manifest, how deep ingredients are followed, and how many in all.
LETTERS, ACTIONS, DEPTH, INGREDIENTS = 200, 20, 4, 20
#: Megabytes of a manifest store that is kept compressed.
UNPACKED = 8

SETTINGS: dict[str, Any] = {
    "version": 1,
    "core": {"allowed_network_hosts": [], "allow_redirects": False, "max_decompressed_manifest_size_in_mb": UNPACKED},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True},
    "builder": {"thumbnail": {"enabled": False}, "certificate_status_fetch": None},
}

#: What names of assertions' fields tell where a picture was taken.
PLACES = ("gps", "locationcreated", "locationshown", "geocoordinates", "latitude")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    files = [sys.stdin.buffer.read(size) for size in asked["sizes"]]
    try:
        answer, made = read(asked, files) if asked["do"] == "read" else sign(asked, files)
    except Exception as error:
        # The library's words may hold anything of the file, and of a key nothing.
        answer, made = {"error": tidy(f"{type(error).__name__}: {error}")}, []
    answer["sizes"] = [len(one) for one in made]
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(made))
    sys.stdout.buffer.flush()


def lock() -> None:
    """From here on nothing can be opened: a limit of no open files leaves those that are open as they are."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def read(asked: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    settings = dict(SETTINGS)
    with contextlib.suppress(OSError, UnicodeDecodeError):  # without them nobody is trusted
        if asked["anchors"]:
            settings["trust"] = {"trust_anchors": Path(asked["anchors"]).read_text("utf-8")}
    lock()
    context = c2pa.Context.from_dict(settings)
    try:
        reader = c2pa.Reader(asked["type"], io.BytesIO(files[0]), context=context)
    except c2pa.C2paError.ManifestNotFound:
        return {"found": False}, []
    except c2pa.C2paError as error:
        if str(error).startswith("Remote"):
            return {"found": False, "elsewhere": True}, []
        raise
    told = json.loads(reader.json())
    manifests = told.get("manifests") or {}
    active = str(told.get("active_manifest") or "")
    facts = Telling(manifests).facts(active, 0)
    places = any(tells_place(one.get("assertions"), 0) for one in manifests.values())
    state = str(told.get("validation_state") or "").lower()
    return facts | {"found": True, "state": state, "problems": problems(told), "places": places}, []


def problems(told: dict[str, Any]) -> list[str]:
    """The codes of everything that is wrong, but that nobody vouches for the signer."""
    results = told.get("validation_results") or {}
    failures = list((results.get("activeManifest") or {}).get("failure") or [])
    for delta in results.get("ingredientDeltas") or []:
        failures += (delta.get("validationDeltas") or {}).get("failure") or []
    codes = dict.fromkeys(tidy(one.get("code")) for one in failures)
    return [code for code in codes if code != "signingCredential.untrusted"][:10]


class Telling:
    """What manifests say, each of them within limits however they refer to each other."""

    def __init__(self, manifests: dict[str, Any]) -> None:
        self._manifests = manifests
        self._left = INGREDIENTS

    def facts(self, label: str, depth: int) -> dict[str, Any]:
        manifest = self._manifests.get(label) or {}
        signature = manifest.get("signature_info") or {}
        generators = manifest.get("claim_generator_info") or [{}]
        tool = generators[0] if isinstance(generators[0], dict) else {}
        actions = [
            action(one)
            for assertion in manifest.get("assertions") or []
            if str(assertion.get("label")).startswith("c2pa.actions")
            for one in (assertion.get("data") or {}).get("actions") or []
        ]
        ingredients = []
        for one in manifest.get("ingredients") or []:
            if depth < DEPTH and self._left > 0:
                self._left -= 1
                ingredients.append(self._ingredient(one, depth + 1))
        return {
            "title": tidy(manifest.get("title")),
            "name": tidy(signature.get("common_name")),
            "organisation": tidy(signature.get("issuer")),
            "signed": tidy(signature.get("time")),
            "tool": named(tool) or tidy(manifest.get("claim_generator")),
            "actions": actions[:ACTIONS],
            "ai": made_by_machine(manifest, actions, ingredients),
            "ingredients": ingredients,
        }

    def _ingredient(self, told: dict[str, Any], depth: int) -> dict[str, Any]:
        results = (told.get("validation_results") or {}).get("activeManifest") or {}
        wrong = {tidy(one.get("code")) for one in results.get("failure") or []} - {"signingCredential.untrusted"}
        label = str(told.get("active_manifest") or "")
        facts = self.facts(label, depth) if label else {"ai": ""}
        return facts | {
            "title": tidy(told.get("title")),
            "relation": tidy(told.get("relationship")),
            "sound": bool(label) and not wrong,
        }


def action(told: dict[str, Any]) -> dict[str, str]:
    agent = told.get("softwareAgent")
    return {
        "what": tidy(told.get("action")),
        "when": tidy(told.get("when")),
        "tool": named(agent) if isinstance(agent, dict) else tidy(agent),
        "source": tidy(source_name(told.get("digitalSourceType"))),
    }


def made_by_machine(manifest: dict[str, Any], actions: list[dict[str, str]], ingredients: list[dict[str, Any]]) -> str:
    """`made` or `part` if the manifest, or one that it builds on, says so; else ""."""
    # Only what made all of it makes it a machine's: what was filled in later is a part.
    said = {(machine(one["source"]), one["what"] == "c2pa.created") for one in actions}
    for assertion in manifest.get("assertions") or []:
        data = assertion.get("data")
        if isinstance(data, dict):
            said.add((machine(data.get("Iptc4xmpExt:DigitalSourceType")), True))
    said |= {(one["ai"], one["relation"] == "parentOf") for one in ingredients}
    if ("made", True) in said:
        return "made"
    return "part" if any(how for how, _ in said) else ""


def tells_place(value: Any, depth: int) -> bool:
    if depth > 12:
        return False
    if isinstance(value, dict):
        return any(
            any(word in str(name).lower() for word in PLACES) or tells_place(inner, depth + 1)
            for name, inner in value.items()
        )
    return isinstance(value, list) and any(tells_place(inner, depth + 1) for inner in value[:200])


def named(tool: dict[str, Any]) -> str:
    return tidy(f"{tidy(tool.get('name'))} {tidy(tool.get('version'))}")


def tidy(value: Any) -> str:
    """A text without control and direction characters, cut to a length that may be shown."""
    if not isinstance(value, str):
        return ""
    kept = "".join(letter if letter.isprintable() else " " for letter in value[: 4 * LETTERS])
    return " ".join(kept.split())[:LETTERS]


def sign(asked: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    algorithm, chain, key = identity(asked["certificate"], asked["key"])
    lock()
    made = []
    for (kind, actions), picture in zip(asked["pictures"], files[1:], strict=True):
        context = c2pa.Context.from_dict(SETTINGS)
        with c2pa.Signer.from_info(c2pa.C2paSignerInfo(algorithm, chain, key, None)) as signer:
            builder = c2pa.Builder(json.dumps(claim(actions)), context=context)
            original = {"title": "original", "relationship": "parentOf", "label": "original", "instance_id": "original"}
            builder.add_ingredient_from_stream(json.dumps(original), asked["original"], io.BytesIO(files[0]))
            out = io.BytesIO()
            builder.sign(signer, kind, io.BytesIO(picture), out)
        signed = out.getvalue()
        state = c2pa.Reader(kind, io.BytesIO(signed), context=context).get_validation_state()
        if state not in ("Valid", "Trusted"):
            raise ValueError(f"what was signed is read back as {state}")
        made.append(signed)
    return {"signed": len(made)}, made


def claim(actions: list[str]) -> dict[str, Any]:
    opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["original"]}}
    data = {"actions": [opened, *({"action": action} for action in actions)]}
    return {
        "claim_generator_info": [{"name": "Dateline"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": data}],
    }


def identity(certificate: str, key: str) -> tuple[str, bytes, bytes]:
    """Algorithm, chain and key of whoever signs, the key in the form that the library reads."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    secret = load_pem_private_key(Path(key).read_bytes(), None)
    if isinstance(secret, ec.EllipticCurvePrivateKey):
        algorithm = {256: "es256", 384: "es384", 521: "es512"}[secret.curve.key_size]
    elif isinstance(secret, rsa.RSAPrivateKey):
        algorithm = "ps256"
    elif isinstance(secret, ed25519.Ed25519PrivateKey):
        algorithm = "ed25519"
    else:
        raise TypeError("the key is of a kind that content credentials do not know")
    pem = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return algorithm, Path(certificate).read_bytes(), pem


if __name__ == "__main__":
    main()
