// A seal inside a file (documents/seal_signature.py): every byte is signed, or compared with the one value it may have.

const LARGEST_CONTENTS = 2 * 2 ** 20;
const MOST_MARKS = 64;
const SHORTEST_RSA = 2048;

const OID = {
  signedData: bytesOf("06092a864886f70d010702"),
  data: bytesOf("06092a864886f70d010701"),
  contentType: "06092a864886f70d010903",
  messageDigest: "06092a864886f70d010904",
  signingCertificate: "060b2a864886f70d010910020c",
  signingCertificateV2: "060b2a864886f70d010910022f",
  tokenInfo: bytesOf("060b2a864886f70d0109100104"),
};
const SHA256 = bytesOf("300d06096086480165030402010500");
const SHA256_BARE = bytesOf("300b0609608648016503040201");
const RSA_KEY = "300d06092a864886f70d0101010500";
const DIGESTS = {
  "0609608648016503040201": "SHA-256",
  "0609608648016503040202": "SHA-384",
  "0609608648016503040203": "SHA-512",
};
const RSA_WITH = {
  "SHA-256": "300d06092a864886f70d01010b0500",
  "SHA-384": "300d06092a864886f70d01010c0500",
  "SHA-512": "300d06092a864886f70d01010d0500",
};
const ECDSA_WITH = {
  "SHA-256": "300a06082a8648ce3d040302",
  "SHA-384": "300a06082a8648ce3d040303",
  "SHA-512": "300a06082a8648ce3d040304",
};
const CURVES = {
  "301306072a8648ce3d020106082a8648ce3d030107": ["P-256", 32],
  "301006072a8648ce3d020106052b81040022": ["P-384", 48],
  "301006072a8648ce3d020106052b81040023": ["P-521", 66],
};

async function digestOf(algorithm, content) {
  return new Uint8Array(await crypto.subtle.digest(algorithm, content));
}

class Mark {
  constructor(position, start, end, total, beginsAtZero) {
    Object.assign(this, { position, start, end, total, beginsAtZero });
  }

  fits(pdf) {
    const { start, end, total } = this;
    if (!this.beginsAtZero || !(start > 0 && start < end - 1 && end - 1 < total && total <= pdf.length)) return false;
    if (end - start > LARGEST_CONTENTS || pdf[start] !== codeOf("<") || pdf[end - 1] !== codeOf(">")) return false;
    for (let at = start + 1; at < end - 1; at++) {
      if (!isDigit(pdf[at]) && !(pdf[at] >= 65 && pdf[at] <= 70)) return false;
    }
    return true;
  }

  contents(pdf) {
    if ((this.end - this.start) % 2) throw new Broken("half a byte");
    return hexadecimalText(pdf, this.start + 1, this.end).value;
  }

  digest(pdf, algorithm = "SHA-256") {
    return digestOf(algorithm, joined(pdf.subarray(0, this.start), pdf.subarray(this.end, this.total)));
  }
}

function marksOf(pdf) {
  const found = [];
  let at = -1;
  for (let step = 0; step < MOST_MARKS; step++) {
    at = find(pdf, "/ByteRange", at + 1);
    if (at < 0) break;
    const mark = markAt(pdf, at);
    if (mark) found.push(mark);
  }
  return found;
}

function markAt(pdf, position) {
  let at = position + "/ByteRange".length;
  const skip = () => {
    for (let step = 0; step < LIMITS.spaces && at < pdf.length && IS_SPACE[pdf[at]]; step++) at++;
  };
  skip();
  if (pdf[at++] !== codeOf("[")) return null;
  skip();
  const numbers = [];
  for (let place = 0; place < 4; place++) {
    if (place) {
      at = afterSpaces(pdf, at, pdf.length);
      if (at < 0) return null;
    }
    const found = digitsAt(pdf, at, pdf.length, 1, 12);
    if (!found) return null;
    numbers.push(found.value);
    at = found.at;
  }
  skip();
  if (pdf[at] !== codeOf("]")) return null;
  return new Mark(position, numbers[1], numbers[2], numbers[2] + numbers[3], numbers[0] === 0);
}

async function readSeal(contents) {
  const info = envelope(contents);
  const signed = signedData(info);
  same(signed.take(TAG.INTEGER), bytesOf("020101"));
  same(signed.take(TAG.SET), joined([0x31, SHA256.length], SHA256));
  same(signed.take(TAG.SEQUENCE), joined([0x30, OID.data.length], OID.data));
  const certificates = signed.take(0xa0).children().map((one) => one.whole);
  const signer = onlyChild(signed.take(TAG.SET)).reader();
  signed.finish();
  same(signer.take(TAG.INTEGER), bytesOf("020101"));
  const name = signer.take(TAG.SEQUENCE);
  same(signer.take(TAG.SEQUENCE), SHA256);
  const attributes = signer.take(0xa0);
  const algorithm = signer.take(TAG.SEQUENCE);
  same(algorithm, bytesOf(RSA_WITH["SHA-256"]), bytesOf(ECDSA_WITH["SHA-256"]));
  const signature = signer.take(TAG.OCTETS).content;
  signer.finish();

  const values = signedAttributes(attributes);
  same(wantedValue(values, OID.contentType), OID.data);
  const digest = wantedValue(values, OID.messageDigest);
  if (digest.tag !== TAG.OCTETS || digest.content.length !== 32) throw new Broken("no digest");
  const hashes = certificateHashes(wantedValue(values, OID.signingCertificateV2));
  const byHash = new Map();
  for (const one of certificates) byHash.set(hexadecimalOf(await digestOf("SHA-256", one)), one);
  const signedFor = new Set(hashes);
  if (
    byHash.size !== certificates.length || hashes.length !== certificates.length ||
    signedFor.size !== byHash.size || ![...signedFor].every((one) => byHash.has(one))
  ) {
    throw new Broken("certificates that were not signed for");
  }
  const certificate = await readCertificate(byHash.get(hashes[0]));
  if (!sameBytes(name.content, joined(certificate.issuer, certificate.serial))) throw new Broken("another signer's name");
  if (!(await holds(certificate.publicKey, algorithm.whole, "SHA-256", signature, attributes))) {
    throw new Broken("a signature that does not hold");
  }
  return { certificate, digest: digest.content };
}

// The CMS structure at the beginning of `contents`, with nothing but zeros behind it.
function envelope(contents) {
  const info = elementAt(contents, 0, contents.length);
  if (info.tag !== TAG.SEQUENCE || contents.subarray(info.end).some((one) => one)) {
    throw new Broken("something after the signature");
  }
  return info;
}

function signedData(info) {
  const outer = info.reader();
  same(outer.take(TAG.IDENTIFIER), OID.signedData);
  const inside = outer.take(0xa0).reader();
  outer.finish();
  const found = inside.take(TAG.SEQUENCE).reader();
  inside.finish();
  return found;
}

function onlyChild(element) {
  const inside = element.reader();
  const found = inside.take(TAG.SEQUENCE);
  inside.finish();
  return found;
}

function signedAttributes(attributes) {
  const found = new Map();
  for (const attribute of attributes.children()) {
    const parts = attribute.reader();
    const kind = hexadecimalOf(parts.take(TAG.IDENTIFIER).whole);
    const values = parts.take(TAG.SET).children();
    parts.finish();
    if (found.has(kind) || values.length !== 1) throw new Broken("an attribute twice");
    found.set(kind, values[0]);
  }
  return found;
}

function wantedValue(values, kind) {
  if (!values.has(kind)) throw new Broken("an attribute is missing");
  return values.get(kind);
}

function certificateHashes(attribute) {
  const parts = attribute.reader();
  const found = [];
  for (const one of parts.take(TAG.SEQUENCE).children()) {
    const identifier = one.reader();
    const algorithm = identifier.takeIf(TAG.SEQUENCE);
    if (algorithm) same(algorithm, SHA256, SHA256_BARE);
    found.push(hexadecimalOf(identifier.take(TAG.OCTETS).content));
  }
  if (!found.length) throw new Broken("no certificate was signed for");
  return found;
}

async function holds(publicKey, algorithm, digest, signature, attributes) {
  const kind = hexadecimalOf(algorithm);
  const keyKind = hexadecimalOf(onlyElement(publicKey, TAG.SEQUENCE).reader().take(TAG.SEQUENCE).whole);
  const content = joined([0x31], attributes.whole.subarray(1)); // as a SET (RFC 5652, 5.4)
  try {
    if (keyKind === RSA_KEY && [RSA_KEY, RSA_WITH[digest]].includes(kind)) {
      const use = { name: "RSASSA-PKCS1-v1_5", hash: digest };
      const key = await crypto.subtle.importKey("spki", publicKey, use, false, ["verify"]);
      return key.algorithm.modulusLength >= SHORTEST_RSA && (await crypto.subtle.verify(use, key, signature, content));
    }
    if (keyKind in CURVES && kind === ECDSA_WITH[digest]) {
      const [namedCurve, width] = CURVES[keyKind];
      const key = await crypto.subtle.importKey("spki", publicKey, { name: "ECDSA", namedCurve }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "ECDSA", hash: digest }, key, plainEcdsa(signature, width), content);
    }
  } catch (fault) {
    const isRefused = fault instanceof DOMException && fault.name !== "NotSupportedError";
    if (isRefused || fault instanceof Broken) return false;
    throw fault; // a key that this browser does not know says nothing against the document
  }
  return false;
}

// An ECDSA signature as browsers want it: r and s side by side, each `width` bytes wide.
function plainEcdsa(signature, width) {
  const parts = onlyElement(signature, TAG.SEQUENCE).reader();
  const halves = [parts.take(TAG.INTEGER).content, parts.take(TAG.INTEGER).content].map((one) => {
    const isPadded = one.length > 1 && one[0] === 0;
    if (!one.length || one[0] & 0x80 || (isPadded && !(one[1] & 0x80))) throw new Broken("a number without sense");
    const plain = isPadded ? one.subarray(1) : one;
    if (plain.length > width) throw new Broken("a number far too large");
    return joined(new Uint8Array(width - plain.length), plain);
  });
  parts.finish();
  return joined(...halves);
}
