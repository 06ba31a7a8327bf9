// DER as it must be (documents/der.py): every length minimal, every byte accounted for.

class Broken extends Error {}

const TAG = { SEQUENCE: 0x30, SET: 0x31, INTEGER: 0x02, BITS: 0x03, OCTETS: 0x04, IDENTIFIER: 0x06, NULL: 0x05 };

const bytesOf = (hexadecimal) => Uint8Array.from(hexadecimal.match(/../g) || [], (two) => parseInt(two, 16));
const hexadecimalOf = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");

function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

class Element_ {
  constructor(data, tag, start, body, end) {
    Object.assign(this, { data, tag, start, body, end });
  }
  get content() {
    return this.data.subarray(this.body, this.end);
  }
  get whole() {
    return this.data.subarray(this.start, this.end);
  }
  children() {
    if (!(this.tag & 0x20)) throw new Broken("nothing inside");
    const found = [];
    for (let at = this.body; at < this.end; at = found[found.length - 1].end) {
      found.push(elementAt(this.data, at, this.end));
    }
    return found;
  }
  reader() {
    return new DerReader(this.children());
  }
}

class DerReader {
  constructor(elements) {
    this.elements = elements;
    this.at = 0;
  }
  take(tag) {
    const found = this.takeIf(tag);
    if (!found) throw new Broken("another tag is wanted");
    return found;
  }
  takeIf(tag) {
    if (this.at === this.elements.length || this.elements[this.at].tag !== tag) return null;
    return this.elements[this.at++];
  }
  finish() {
    if (this.at !== this.elements.length) throw new Broken("more than was expected");
  }
}

function elementAt(data, at, end) {
  if (end - at < 2) throw new Broken("cut short");
  const tag = data[at];
  let length = data[at + 1];
  let body = at + 2;
  if ((tag & 0x1f) === 0x1f) throw new Broken("a tag that nobody needs here");
  if (length >= 0x80) {
    const width = length & 0x7f;
    if (width < 1 || width > 4 || end - body < width) throw new Broken("a length without sense");
    length = 0;
    for (let place = 0; place < width; place++) length = length * 256 + data[body + place];
    if (length < 0x80 || data[body] === 0) throw new Broken("a length that is not minimal");
    body += width;
  }
  if (length > end - body) throw new Broken("cut short");
  return new Element_(data, tag, at, body, body + length);
}

function onlyElement(data, tag) {
  const found = elementAt(data, 0, data.length);
  if (found.tag !== tag || found.end !== data.length) throw new Broken("not one element of that kind");
  return found;
}

function same(element, ...wanted) {
  if (!wanted.some((one) => sameBytes(element.whole, one))) throw new Broken("not the value it must have");
}

// -- certificates (documents/certificate.py) --------------------------------------------------------------------------

const NAME_KINDS = ["550403", "55040a", "55040b"];
const CHARSETS = { 0x0c: "utf-8", 0x13: "latin-1", 0x14: "latin-1", 0x16: "latin-1", 0x1e: "utf-16be" };

function decoded(bytes, charset) {
  if (charset !== "latin-1") return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  return Array.from(bytes, (one) => String.fromCharCode(one)).join("");
}

async function readCertificate(content) {
  const outer = onlyElement(content, TAG.SEQUENCE).reader();
  const body = outer.take(TAG.SEQUENCE).reader();
  outer.take(TAG.SEQUENCE);
  outer.take(TAG.BITS);
  outer.finish();
  body.takeIf(0xa0);
  const serial = body.take(TAG.INTEGER);
  body.take(TAG.SEQUENCE);
  const issuer = body.take(TAG.SEQUENCE);
  const validity = body.take(TAG.SEQUENCE).children();
  const subject = body.take(TAG.SEQUENCE);
  const publicKey = body.take(TAG.SEQUENCE);
  if (validity.length !== 2) throw new Broken("no period of validity");
  return {
    der: content,
    name: nameIn(subject),
    fingerprint: hexadecimalOf(await digestOf("SHA-256", content)),
    validFrom: certificateMoment(validity[0]),
    validUntil: certificateMoment(validity[1]),
    subject: subject.whole,
    issuer: issuer.whole,
    serial: serial.whole,
    publicKey: publicKey.whole,
  };
}

function nameIn(subject) {
  const found = new Map();
  for (const part of subject.children()) {
    for (const attribute of part.children()) {
      const pair = attribute.children();
      if (pair.length !== 2 || !(pair[1].tag in CHARSETS)) continue;
      const kind = hexadecimalOf(pair[0].content);
      if (!found.has(kind)) found.set(kind, decoded(pair[1].content, CHARSETS[pair[1].tag]));
    }
  }
  const chosen = NAME_KINDS.find((kind) => found.has(kind));
  return shown(chosen ? found.get(chosen) : "") || WORDS.nameless;
}

function certificateMoment(element) {
  const digits = { 0x17: 2, 0x18: 4 }[element.tag];
  const found = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(decoded(element.content, "latin-1"));
  if (!found || found[1].length !== digits) throw new Broken("no moment");
  const parts = found.slice(1).map(Number);
  if (digits === 2) parts[0] += parts[0] < 50 ? 2000 : 1900;
  const at = instant(...parts);
  if (at === null) throw new Broken("no moment");
  return at;
}

// Milliseconds since 1970 of a moment in UTC; null for one that no calendar has.
function instant(year, month, day, hour, minute, second) {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second);
  const same = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return year >= 1 && same && hour < 24 && minute < 60 && second < 60 ? at.getTime() : null;
}
