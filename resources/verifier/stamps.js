// Time stamps added after sealing (documents/time_stamps.py): the one addition that leaves a document unchanged.

const MOST_STAMPS = 16;
const LONGEST_FIELD_NAME = 200;
const FREE = "0 1\n0000000000 65535 f \n";

async function timeStamps(pdf, end) {
  const found = [];
  for (const mark of marksOf(pdf)) {
    if (mark.start <= end || mark.total <= end || found.length === MOST_STAMPS) continue;
    try {
      if (!mark.fits(pdf)) break;
      const token = await readToken(mark.contents(pdf), pdf, mark);
      await refuseAnyOtherChange(pdf, end, mark);
      found.push(token);
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault;
      break;
    }
    end = mark.total;
  }
  return { stamps: found, end };
}

async function readToken(contents, pdf, mark) {
  const signed = signedData(envelope(contents));
  same(signed.take(TAG.INTEGER), bytesOf("020103"));
  const digests = onlyChild(signed.take(TAG.SET));
  const inside = signed.take(TAG.SEQUENCE).reader();
  const certificates = [];
  for (const one of signed.take(0xa0).children()) certificates.push(await readCertificate(one.whole));
  const signer = onlyChild(signed.take(TAG.SET)).reader();
  signed.finish();
  same(inside.take(TAG.IDENTIFIER), OID.tokenInfo);
  const wrapped = inside.take(0xa0).children();
  inside.finish();
  if (wrapped.length !== 1 || wrapped[0].tag !== TAG.OCTETS) throw new Broken("no token");

  same(signer.take(TAG.INTEGER), bytesOf("020101"));
  const name = signer.take(TAG.SEQUENCE).content;
  const digest = digestNamed(signer.take(TAG.SEQUENCE));
  if (digestNamed(digests) !== digest) throw new Broken("another digest");
  const attributes = signer.take(0xa0);
  const algorithm = signer.take(TAG.SEQUENCE).whole;
  const signature = signer.take(TAG.OCTETS).content;
  signer.finish();

  const values = signedAttributes(attributes);
  same(wantedValue(values, OID.contentType), OID.tokenInfo);
  if (!sameBytes(wantedValue(values, OID.messageDigest).content, await digestOf(digest, wrapped[0].content))) {
    throw new Broken("another token");
  }
  const service = await serviceOf(certificates, name, values);
  if (!(await holds(service.publicKey, algorithm, digest, signature, attributes))) {
    throw new Broken("a signature that does not hold");
  }
  const at = await stampedAt(onlyElement(wrapped[0].content, TAG.SEQUENCE), pdf, mark);
  return { at, service: service.name };
}

async function serviceOf(certificates, name, values) {
  const signers = certificates.filter((one) => sameBytes(joined(one.issuer, one.serial), name));
  if (signers.length !== 1) throw new Broken("no service");
  const isIssuer = (one) => certificates.some((other) => sameBytes(other.issuer, one.subject));
  if (certificates.some((one) => one !== signers[0] && !isIssuer(one))) {
    throw new Broken("a certificate that has nothing to do here");
  }
  const second = values.get(OID.signingCertificateV2);
  const attribute = second || wantedValue(values, OID.signingCertificate);
  const identifier = attribute.reader().take(TAG.SEQUENCE).reader().take(TAG.SEQUENCE).reader();
  const named = second ? identifier.takeIf(TAG.SEQUENCE) : null;
  const hashed = second ? (named ? digestNamed(named) : "SHA-256") : "SHA-1";
  if (!sameBytes(identifier.take(TAG.OCTETS).content, await digestOf(hashed, signers[0].der))) {
    throw new Broken("a certificate that was not signed for");
  }
  return signers[0];
}

async function stampedAt(info, pdf, mark) {
  const parts = info.reader();
  same(parts.take(TAG.INTEGER), bytesOf("020101"));
  parts.take(TAG.IDENTIFIER);
  const imprint = parts.take(TAG.SEQUENCE).reader();
  parts.take(TAG.INTEGER);
  const at = parts.take(0x18);
  const algorithm = digestNamed(imprint.take(TAG.SEQUENCE));
  if (!sameBytes(imprint.take(TAG.OCTETS).content, await mark.digest(pdf, algorithm))) {
    throw new Broken("the time stamp of something else");
  }
  imprint.finish();
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/.exec(decoded(at.content, "latin-1"));
  const moment = found && isUsualYear(Number(found[1])) ? instant(...found.slice(1, 7).map(Number)) : null;
  if (moment === null) throw new Broken("no moment");
  return moment;
}

function digestNamed(algorithm) {
  const parts = algorithm.reader();
  const identifier = hexadecimalOf(parts.take(TAG.IDENTIFIER).whole);
  const parameters = parts.takeIf(TAG.NULL);
  if (parameters) same(parameters, bytesOf("0500"));
  parts.finish();
  if (!(identifier in DIGESTS)) throw new Broken("a digest that is not used here");
  return DIGESTS[identifier];
}

// -- the revision that holds it --

async function refuseAnyOtherChange(pdf, end, mark) {
  const before = await Revision.read(pdf, end);
  const reader = await Revision.read(pdf, mark.total);
  const { objects, at } = objectsFrom(pdf, end, reader);
  await refuseAnotherTable(pdf, at, objects, before, mark.total);
  const added = new Map([...objects].filter(([number]) => !before.holds(number)));
  const numbers = [...added.keys()];
  const signatures = numbers.filter((number) => isTimeStamp(added.get(number).value, pdf, mark));
  const fields = numbers.filter((number) => isBareField(added.get(number).value, signatures));
  if (signatures.length !== 1 || fields.length !== 1 || added.size !== 2) {
    throw new Broken("more than a time stamp was added");
  }
  const field = new Reference(fields[0], 0);
  const pageOf = added.get(fields[0]).value.get("P");
  const page = await before.entries(pageOf);
  if (!isName(page.get("Type"), "Page")) throw new Broken("a time stamp on no page");
  const allowed = await placesOfAField(before, pageOf, page);
  for (const [number, { value }] of objects) {
    if (added.has(number)) continue;
    if (!allowed.has(number) || !onlyGains(await before.load(number), value, field)) {
      throw new Broken("something else was changed");
    }
  }
}

function objectsFrom(pdf, at, reader) {
  const objects = new Map();
  for (;;) {
    const number = digitsAt(pdf, at, reader.end, 1, 10);
    if (!number || !startsWith(pdf, " 0 obj\n", number.at, reader.end)) return { objects, at };
    if (objects.has(number.value) || objects.size === 8) throw new Broken("an object twice, or far too many");
    const begin = number.at + " 0 obj\n".length;
    const { value, at: after } = reader.valueAt(begin);
    if (!startsWith(pdf, "\nendobj\n", after) || ![codeOf(">"), codeOf("]")].includes(pdf[after - 1])) {
      throw new Broken("something beside an object");
    }
    if (pdf.subarray(begin, after).includes(codeOf("%"))) throw new Broken("a remark where none is wanted");
    objects.set(number.value, { place: at, value });
    at = after + "\nendobj\n".length;
  }
}

async function refuseAnotherTable(pdf, at, objects, before, end) {
  const start = at;
  if (!startsWith(pdf, "xref\n", at)) throw new Broken("no table");
  at += "xref\n".length;
  if (startsWith(pdf, FREE, at)) at += FREE.length;
  const listed = new Map();
  for (;;) {
    const head = /^(\d{1,10}) (\d{1,5})\n/.exec(decoded(pdf.subarray(at, Math.min(end, at + 17)), "latin-1"));
    if (!head) break;
    at += head[0].length;
    for (let number = Number(head[1]); number < Number(head[1]) + Number(head[2]); number++) {
      const entry = /^(\d{10}) 0{5} n \n/.exec(decoded(pdf.subarray(at, Math.min(end, at + 20)), "latin-1"));
      if (!entry || listed.has(number)) throw new Broken("an entry without sense");
      listed.set(number, Number(entry[1]));
      at += 20;
    }
  }
  const isWholeList = listed.size === objects.size && [...objects].every(([one, { place }]) => listed.get(one) === place);
  if (!objects.size || !isWholeList || !startsWith(pdf, "trailer\n", at)) throw new Broken("a table of something else");
  const reader = await Revision.read(pdf, end);
  const { at: after } = reader.valueAt(at + "trailer\n".length);
  const closing = `\nstartxref\n${start}\n%%EOF\n`;
  const hasRemark = pdf.subarray(at, after).includes(codeOf("%"));
  if (hasRemark || after + closing.length !== end || !startsWith(pdf, closing, after, end)) {
    throw new Broken("something after the trailer");
  }
  if (!isNextTrailer(before, reader.trailer, Math.max(...objects.keys()) + 1)) {
    throw new Broken("a trailer that changes something");
  }
}

function isNextTrailer(before, trailer, size) {
  const [old, next] = [new Map(before.trailer), new Map(trailer)];
  const taken = (map, key) => {
    const value = map.get(key);
    map.delete(key);
    return value;
  };
  const [oldSize, newSize] = [taken(old, "Size"), taken(next, "Size")];
  const previous = taken(next, "Prev");
  taken(old, "Prev");
  const [oldNames, newNames] = [taken(old, "ID"), taken(next, "ID")];
  return (
    isWhole(oldSize) && newSize === Math.max(oldSize, size) && previous === before.startOfTable &&
    Array.isArray(oldNames) && Array.isArray(newNames) && oldNames.length === 2 && newNames.length === 2 &&
    newNames.every((one) => one instanceof Uint8Array) && isSame(oldNames[0], newNames[0]) && isSame(old, next)
  );
}

const hasKeys = (map, keys) => map.size === keys.length && keys.every((key) => map.has(key));

function isTimeStamp(value, pdf, mark) {
  return (
    isDictionary(value) && hasKeys(value, ["Type", "Filter", "SubFilter", "Contents", "ByteRange"]) &&
    isName(value.get("Type"), "DocTimeStamp") && isName(value.get("Filter"), "Adobe.PPKLite") &&
    isName(value.get("SubFilter"), "ETSI.RFC3161") &&
    isSame(value.get("ByteRange"), [0, mark.start, mark.end, mark.total - mark.end]) &&
    isSame(value.get("Contents"), mark.contents(pdf))
  );
}

function isBareField(value, signatures) {
  if (!isDictionary(value)) return false;
  const plain = new Map(value);
  plain.delete("TU");
  return (
    hasKeys(plain, ["FT", "T", "Type", "Subtype", "F", "Rect", "P", "V"]) && isName(plain.get("FT"), "Sig") &&
    isName(plain.get("Type"), "Annot") && isName(plain.get("Subtype"), "Widget") && plain.get("F") === 132 &&
    isSame(plain.get("Rect"), [0, 0, 0, 0]) && plain.get("P") instanceof Reference &&
    signatures.some((number) => isSame(plain.get("V"), new Reference(number, 0))) &&
    [plain.get("T"), value.get("TU") ?? new Uint8Array()].every(
      (one) => one instanceof Uint8Array && one.length <= LONGEST_FIELD_NAME
    )
  );
}

async function placesOfAField(before, page, entries) {
  const root = await before.root();
  const form = root.get("AcroForm") ?? null;
  const named = [page, entries.get("Annots"), form, (await before.entries(form)).get("Fields")];
  if (!(form instanceof Reference)) named.push(before.trailer.get("Root"));
  return new Set(named.filter((one) => one instanceof Reference).map((one) => one.number));
}

function onlyGains(old, next, field) {
  if (Array.isArray(old)) return isSame([...old, field], next);
  if (!isDictionary(old) || !isDictionary(next)) return false;
  if (isDictionary(old.get("AcroForm"))) {
    const without = (map) => new Map(map).set("AcroForm", null);
    return isSame(without(old), without(next)) && onlyGains(old.get("AcroForm"), next.get("AcroForm"), field);
  }
  const key = isName(old.get("Type"), "Page") ? "Annots" : "Fields";
  const named = old.get(key) ?? [];
  return Array.isArray(named) && isSame(new Map(old).set(key, [...named, field]), next);
}
