// What a sealed revision of this program is (documents/sealed_document.py), and how words are shown.

const EVIDENCE_FORMAT = "charte-desktop/preuve/1";
const EVIDENCE_TEXTS = ["kind", "provider", "siren", "charter_version", "signer"];
const LARGEST_EVIDENCE = 8 * 2 ** 20;
const MOST_ATTACHMENTS = 64;
const MOST_TREE_NODES = 64;
const MOST_FIELDS = 256;
const LONGEST_SHOWN = 160;

class SeveralEvidences extends Error {}

async function sealingMoment(revision, mark) {
  const root = await revision.root();
  const reference = (await revision.entries(root.get("Perms") ?? null)).get("DocMDP");
  if (!(reference instanceof Reference)) return null;
  const seal = await revision.entries(reference);
  const at = seal.get("M");
  const isSeal =
    isName(seal.get("Type"), "Sig") && isName(seal.get("SubFilter"), "ETSI.CAdES.detached") &&
    isSame(seal.get("ByteRange"), [0, mark.start, mark.end, mark.total - mark.end]) &&
    isSame(seal.get("Contents"), mark.contents(revision.pdf)) &&
    (await forbidsChanges(revision, seal)) && isSame(await signedFields(revision), [reference]);
  if (!isSeal || !(at instanceof Uint8Array)) return null;
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'(\d\d)'?)$/.exec(decoded(at, "latin-1"));
  return found ? zonedMoment(found.slice(1)) : null;
}

async function forbidsChanges(revision, seal) {
  const rules = await revision.items(seal.get("Reference"));
  if (rules.length !== 1) return false;
  const rule = await revision.entries(rules[0]);
  if (!isName(rule.get("TransformMethod"), "DocMDP")) return false;
  return (await revision.entries(rule.get("TransformParams") ?? null)).get("P") === 1;
}

async function signedFields(revision) {
  const form = await revision.entries((await revision.root()).get("AcroForm") ?? null);
  const fields = await revision.items(form.get("Fields"));
  if (fields.length > MOST_FIELDS) throw new Broken("far too many fields");
  const found = [];
  for (const field of fields) {
    const entries = await revision.entries(field);
    if (isName(entries.get("FT"), "Sig") && entries.has("V")) found.push(entries.get("V"));
  }
  return found;
}

async function findEvidence(revision) {
  const found = [];
  for (const content of await attachedJson(revision)) {
    const evidence = await readEvidence(content);
    if (evidence) found.push(evidence);
  }
  if (found.length > 1) throw new SeveralEvidences();
  return found[0] || null;
}

async function attachedJson(revision) {
  const names = await revision.resolve((await revision.root()).get("Names"));
  const tree = isDictionary(names) ? names.get("EmbeddedFiles") ?? null : null;
  const found = [];
  for (const [total, attached] of (await leaves(revision, tree)).entries()) {
    if (total === MOST_ATTACHMENTS) throw new Broken("far too many attachments");
    const entries = await revision.entries(attached);
    if (!entries.has("EF")) continue;
    const stream = await revision.resolve((await revision.entries(entries.get("EF"))).get("F"));
    if (stream instanceof Stream && isName(stream.entries.get("Subtype"), "application/json")) {
      found.push(await revision.inflated(stream, LARGEST_EVIDENCE));
    }
  }
  return found;
}

async function leaves(revision, tree) {
  const found = [];
  const waiting = tree === null ? [] : [tree];
  let nodes = 0;
  while (waiting.length) {
    nodes += 1;
    if (nodes > MOST_TREE_NODES) throw new Broken("a name tree that loops, or far too large");
    const node = await revision.entries(waiting.pop());
    found.push(...(await revision.items(node.get("Names"))).filter((_, at) => at % 2));
    for (const kid of (await revision.items(node.get("Kids"))).slice().reverse()) waiting.push(kid);
    if (found.length > MOST_ATTACHMENTS) break;
  }
  return found;
}

async function readEvidence(content) {
  let said;
  try {
    said = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content));
  } catch (fault) {
    return null;
  }
  if (!(said instanceof Object) || Array.isArray(said) || said.format !== EVIDENCE_FORMAT) return null;
  const evidence = { fingerprint: grouped(hexadecimalOf(await digestOf("SHA-256", content)).slice(0, 16)) };
  for (const key of EVIDENCE_TEXTS) evidence[key] = typeof said[key] === "string" ? shown(said[key]) : "";
  const signedAt =
    /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(said.signed_at);
  evidence.signedAt = typeof said.signed_at === "string" && signedAt ? zonedMoment(signedAt.slice(1)) : null;
  return evidence;
}

const isUsualYear = (year) => year >= 1970 && year < 2200;

// A moment from year, month, day, hour, minute, second, sign, hours and minutes of the zone.
function zonedMoment(parts) {
  const [year, month, day, hour, minute, second] = parts.slice(0, 6).map((one) => Number(one ?? 0));
  const offset = (Number(parts[7] ?? 0) * 60 + Number(parts[8] ?? 0)) * 60000;
  const at = isUsualYear(year) && offset < 86400000 ? instant(year, month, day, hour, minute, second) : null;
  return at === null ? null : at - (parts[6] === "-" ? -offset : offset);
}

// -- words (documents/verdict_words.py) --

function shown(text) {
  const visible = [...text].slice(0, 8 * LONGEST_SHOWN).join("").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, " ");
  return [...visible.split(/\s+/u).filter(Boolean).join(" ")].slice(0, LONGEST_SHOWN).join("");
}

const grouped = (digits) => (digits.match(/.{1,4}/g) || []).join(" ");

function filled(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

function momentText(at) {
  const local = new Date(at + 4 * 3600000);
  const two = (number) => String(number).padStart(2, "0");
  const day = `${two(local.getUTCDate())}/${two(local.getUTCMonth() + 1)}/${String(local.getUTCFullYear()).padStart(4, "0")}`;
  return `${day} à ${two(local.getUTCHours())} h ${two(local.getUTCMinutes())} (heure de La Réunion)`;
}

function byteCount(kind, number) {
  if (number === 1) return WORDS.counts[`${kind}_one`];
  return filled(WORDS.counts[kind], { number: String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f") });
}
