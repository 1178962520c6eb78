"""Pictures with content credentials, made by the library itself, and authorities and signers that live for one test."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
CAMERA, MACHINE, MIXED = (
    IPTC + name for name in ("digitalCapture", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
)

KEYS: dict[str, Callable[[], Any]] = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}

SETTINGS = {
    "version": 1,
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
    "builder": {"thumbnail": {"enabled": False}},
}


@dataclass(frozen=True)
class Signer:
    """A certificate with its authority's (`chain`), the key, and the authority's alone (`root`), as PEM."""

    chain: bytes
    key: bytes
    root: bytes

    def write(self, folder: Path) -> tuple[str, str]:
        """Files of the chain and of the key."""
        folder.mkdir(exist_ok=True)
        (folder / "chain.pem").write_bytes(self.chain)
        (folder / "key.pem").write_bytes(self.key)
        (folder / "root.pem").write_bytes(self.root)
        return str(folder / "chain.pem"), str(folder / "key.pem")


def signer(
    organisation: str = "Harbour Agency",
    name: str = "Picture desk",
    *,
    days: int = 300,
    kind: str = "P-256",
    own_authority: bool = False,
) -> Signer:
    """Someone whose certificate ends in so many days; of an authority that vouches for nobody else, or the authority
    itself. `kind` is that of its key."""
    authority, own = ec.generate_private_key(ec.SECP256R1()), KEYS[kind]()
    above = _named(organisation, "Authority")
    root = _certificate(above, above, authority, authority, days=days, is_authority=True)
    leaf = _certificate(_named(organisation, name), above, own, authority, days=days)
    pem = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    top = root.public_bytes(Encoding.PEM)
    if own_authority:
        return Signer(top, authority.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), top)
    return Signer(leaf.public_bytes(Encoding.PEM) + top, pem, top)


def _named(organisation: str, name: str) -> x509.Name:
    said = ((NameOID.COUNTRY_NAME, "NO"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in said])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: Any,
    by: ec.EllipticCurvePrivateKey,
    *,
    days: int,
    is_authority: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    unused = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
    )
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        decipher_only=False,
        **unused,
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if not is_authority:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        built = built.add_extension(use, critical=False)
    return built.sign(by, hashes.SHA256())


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind)
    return out.getvalue()


def action(what: str, **more: Any) -> dict[str, Any]:
    return {"action": f"c2pa.{what}", **more}


def created(source: str = CAMERA, tool: str = "Camera 3") -> dict[str, Any]:
    return action("created", digitalSourceType=source, softwareAgent={"name": tool})


def signed(
    data: bytes,
    by: Signer,
    *actions: dict[str, Any],
    kind: str = "JPEG",
    title: str = "quay.jpg",
    tool: str = "Darkroom",
    parents: tuple[tuple[str, bytes], ...] = (),
    assertions: tuple[dict[str, Any], ...] = (),
) -> bytes:
    """The picture with credentials by `by`; `parents` are JPEGs that it was made from, with what they are called."""
    kinds = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif"}
    told = list(actions) or [created()]
    if parents:
        told = [action("opened", parameters={"ingredientIds": ["parent-0"]}), *actions]
    claim = {
        "claim_generator_info": [{"name": tool, "version": "7"}],
        "title": title,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": told}}, *assertions],
    }
    with c2pa.Context.from_dict(SETTINGS) as context, c2pa.Builder(json.dumps(claim), context=context) as builder:
        for number, (name, parent) in enumerate(parents):
            said = {
                "title": name,
                "relationship": "componentOf" if number else "parentOf",
                "label": f"parent-{number}",
                "instance_id": f"parent-{number}",
            }
            builder.add_ingredient_from_stream(json.dumps(said), "image/jpeg", io.BytesIO(parent))
        out = io.BytesIO()
        with c2pa.Signer.from_info(c2pa.C2paSignerInfo("es256", by.chain, by.key, None)) as one:
            builder.sign(one, kinds[kind], io.BytesIO(data), out)
    return out.getvalue()


def read_back(data: bytes, kind: str, root: bytes = b"") -> dict[str, Any]:
    """What the library makes of a signed file."""
    settings: dict[str, Any] = dict(SETTINGS)
    if root:
        settings["trust"] = {"trust_anchors": root.decode()}
    with (
        c2pa.Context.from_dict(settings) as context,
        c2pa.Reader(kind, io.BytesIO(data), context=context) as reader,
    ):
        return dict(json.loads(reader.json()))
