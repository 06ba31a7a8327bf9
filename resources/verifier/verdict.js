// The verdict on a file (documents/verification.py), in the same words.

const LARGEST = 256 * 2 ** 20;
const APPLICATION = "/Charte#20Desktop";
const MOST_TRIED = 3;
const AROUND = 4096;

async function verify(pdf) {
  if (!pdf.length) return refusal("unreadable", "empty");
  if (pdf.length > LARGEST) return refusal("unreadable", "too_large", { size: Math.floor(pdf.length / 2 ** 20) });
  if (find(pdf, "%PDF-", 0, Math.min(1024, pdf.length)) < 0) return refusal("unreadable", "not_a_pdf");
  const found = marksOf(pdf);
  const broken = [];
  for (const mark of found.filter((one) => one.fits(pdf)).slice(0, MOST_TRIED)) {
    const signature = await orNull(() => readSeal(mark.contents(pdf)));
    if (signature && sameBytes(signature.digest, await mark.digest(pdf))) return intactPart(pdf, mark, signature);
    broken.push([mark, signature]);
  }
  return noIntactPart(pdf, found, broken);
}

async function orNull(action) {
  try {
    return await action();
  } catch (fault) {
    if (fault instanceof Broken) return null;
    throw fault;
  }
}

const isKnown = (der) => KNOWN.some((one) => sameBytes(one, der));

async function intactPart(pdf, mark, signature) {
  let sealedAt = null;
  let evidence = null;
  try {
    const sealed = await Revision.read(pdf, mark.total);
    sealedAt = await sealingMoment(sealed, mark);
    if (sealedAt !== null) evidence = await findEvidence(sealed);
  } catch (fault) {
    if (fault instanceof SeveralEvidences) return refusal("foreign", "several_evidences");
    if (fault instanceof Broken) return refusal("foreign", "another_signature");
    throw fault;
  }
  if (sealedAt === null) return refusal("foreign", "another_signature");
  if (!evidence) return refusal("foreign", "no_evidence");
  const { certificate } = signature;
  const { stamps, end } = await timeStamps(pdf, mark.total);
  const isCovered = certificate.validFrom <= sealedAt && sealedAt <= certificate.validUntil;
  let [verdict, kind, changes] = ["intact_unknown", "intact_unknown", []];
  if (end < pdf.length) {
    [verdict, kind] = ["changed", "changed_after"];
    changes = await laterChanges(pdf, end, await Revision.read(pdf, end));
  } else if (!isCovered) {
    kind = "out_of_date";
  } else if (isKnown(certificate.der)) {
    [verdict, kind] = ["intact_known", "intact_known"];
  }
  const values = { moment: momentText(sealedAt), name: certificate.name, certificate: grouped(certificate.fingerprint) };
  return result(verdict, filled(WORDS.messages[kind], values), { changes, evidence, sealedAt, certificate, stamps });
}

async function noIntactPart(pdf, found, broken) {
  for (const [mark, signature] of broken) {
    if ((signature && isKnown(signature.certificate.der)) || isOurs(pdf, mark)) return changed(pdf, mark, signature);
  }
  for (const mark of found) if (isOurs(pdf, mark)) return changed(pdf, mark, null);
  const whole = await orNull(() => Revision.read(pdf, pdf.length));
  if (!whole) {
    if (find(pdf, "/Encrypt", Math.max(0, pdf.length - AROUND)) >= 0) return refusal("unreadable", "encrypted");
    return found.length ? refusal("foreign", "another_signature") : refusal("unreadable", "broken");
  }
  if (whole.trailer.has("Encrypt")) return refusal("unreadable", "encrypted");
  const holdsEvidence = await evidenceIn(whole);
  if (holdsEvidence) {
    for (const [mark, signature] of broken) if (signature) return changed(pdf, mark, signature);
  }
  if (found.length) return refusal("foreign", "another_signature");
  return refusal("foreign", holdsEvidence ? "no_seal_left" : "no_seal");
}

async function evidenceIn(whole) {
  try {
    return Boolean(await orNull(() => findEvidence(whole)));
  } catch (fault) {
    if (fault instanceof SeveralEvidences) return true;
    throw fault;
  }
}

function isOurs(pdf, mark) {
  const end = Math.min(pdf.length, mark.position + AROUND);
  return find(pdf, APPLICATION, Math.max(0, mark.position - AROUND), end) >= 0;
}

function changed(pdf, mark, signature) {
  const said = WORDS.changes;
  const lastOf = (sign, from, to) => {
    const at = to > from ? pdf.subarray(from, to).lastIndexOf(codeOf(sign)) : -1;
    return at < 0 ? -1 : from + at;
  };
  const closing = lastOf(">", Math.max(0, mark.position - AROUND), mark.position);
  const opening = lastOf("<", Math.max(0, closing - LARGEST_CONTENTS), Math.max(0, closing));
  const changes = [];
  if (opening < 0) {
    changes.push(said.seal_altered);
  } else {
    const shift = opening - mark.start;
    const after = pdf.length - closing - 1 - (mark.total - mark.end);
    if (shift) {
      changes.push(filled(said.moved, { count: byteCount(shift > 0 ? "added" : "removed", Math.abs(shift)) }));
    } else if (closing + 1 !== mark.end) {
      changes.push(said.resized);
    } else if (signature) {
      changes.push(said.altered);
    } else if (after >= 0) {
      changes.push(said.seal_altered);
    }
    if (after > 0) changes.push(filled(said.appended, { count: byteCount("added", after) }));
    else if (after < 0) changes.push(filled(said.cut, { count: byteCount("missing", -after) }));
  }
  return result("changed", WORDS.messages.changed, { changes });
}

function refusal(verdict, kind, values) {
  return result(verdict, filled(WORDS.messages[kind], values));
}

function result(verdict, message, known = {}) {
  const nothing = { changes: [], evidence: null, sealedAt: null, certificate: null, stamps: [] };
  return { verdict, heading: WORDS.headings[verdict], message, ...nothing, ...known };
}
