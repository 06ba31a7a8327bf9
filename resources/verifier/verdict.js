// The verdict on a file (documents/verification.py), in the same words.

const LARGEST = 256 * 2 ** 20;
const APPLICATION = "/Charte#20Desktop";
const MOST_TRIED = 3;
const AROUND = 4096;
const NEXT = 256;

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
  if (find(pdf, APPLICATION, 0) >= 0) return alteredSeal();
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
  const length = Math.min(Math.max(mark.end - mark.start, 0), LARGEST_CONTENTS);
  const end = Math.min(pdf.length, mark.position + length + AROUND);
  return find(pdf, APPLICATION, Math.max(0, mark.position - AROUND), end) >= 0;
}

function changed(pdf, mark, signature) {
  const said = WORDS.changes;
  const place = contentsNear(pdf, mark.position);
  const shift = place ? place.start - mark.start : 0;
  const isOfAnotherLength = place && place.end - place.start !== mark.end - mark.start;
  if (!place || !mark.beginsAtZero || (shift && isOfAnotherLength)) return alteredSeal();
  const changes = [];
  const after = pdf.length - place.end - (mark.total - mark.end);
  if (shift) {
    changes.push(filled(said.moved, { count: byteCount(shift > 0 ? "added" : "removed", Math.abs(shift)) }));
  } else if (place.end !== mark.end) {
    changes.push(said.resized);
  } else if (signature) {
    changes.push(said.altered);
  } else if (after >= 0) {
    changes.push(said.seal_altered);
  }
  if (after > 0 && !shift) changes.push(filled(said.appended, { count: byteCount("added", after) }));
  else if (after < 0 && !shift) changes.push(filled(said.cut, { count: byteCount("missing", -after) }));
  return result("changed", WORDS.messages.changed, { changes });
}

// Where the hexadecimal string of a signature whose byte range is at `position` really stands.
function contentsNear(pdf, position) {
  const openings = (from, to) => {
    const found = [];
    for (let at = find(pdf, "/Contents", from, to); at >= 0; at = find(pdf, "/Contents", at + 1, to)) {
      let stop = at + "/Contents".length;
      for (let step = 0; step < LIMITS.spaces && stop < to && IS_SPACE[pdf[stop]]; step++) stop++;
      if (stop < to && pdf[stop] === codeOf("<") && !(stop + 1 < to && pdf[stop + 1] === codeOf("<"))) found.push(stop);
    }
    return found;
  };
  const next = openings(position, Math.min(pdf.length, position + NEXT));
  const before = next.length ? next : openings(Math.max(0, position - LARGEST_CONTENTS), position).slice(-1);
  if (!before.length) return null;
  const closing = find(pdf, ">", before[0] + 1, Math.min(pdf.length, before[0] + 1 + LARGEST_CONTENTS));
  return closing < 0 ? null : { start: before[0], end: closing + 1 };
}

function alteredSeal() {
  return result("changed", WORDS.messages.changed, { changes: [WORDS.changes.seal_altered] });
}

function refusal(verdict, kind, values) {
  return result(verdict, filled(WORDS.messages[kind], values));
}

function result(verdict, message, known = {}) {
  const nothing = { changes: [], evidence: null, sealedAt: null, certificate: null, stamps: [] };
  return { verdict, heading: WORDS.headings[verdict], message, ...nothing, ...known };
}
