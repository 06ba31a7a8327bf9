// What was added to a file after it was sealed, in plain words (documents/later_changes.py).

const MOST_OBJECTS = 2000;
const MOST_PAGES_NAMED = 12;
const MOST_RESOURCES = 200;

async function laterChanges(pdf, end, sealed) {
  const said = WORDS.changes;
  const found = [filled(said.appended, { count: byteCount("added", pdf.length - end) })];
  if (pdf.subarray(end).every((one) => IS_SPACE[one])) return [...found, said.blank];
  try {
    return [...found, ...(await differences(sealed, await Revision.read(pdf, pdf.length)))];
  } catch (fault) {
    if (!(fault instanceof Broken)) throw fault;
    found.push(startsWith(pdf, "%PDF-", end) ? said.another_pdf : said.unreadable_end);
    return [...found, ...objectsSaid(countedObjects(pdf, end))];
  }
}

function countedObjects(pdf, end) {
  let total = 0;
  for (let at = find(pdf, " obj", end); at >= 0 && total <= MOST_OBJECTS; at = find(pdf, " obj", at + 1)) {
    const text = decoded(pdf.subarray(Math.max(end, at - 18), Math.min(pdf.length, at + 5)), "latin-1");
    if (/(?<!\d)\d{1,10} \d{1,5} obj[^A-Za-z]?$/.test(text)) total += 1;
  }
  return total;
}

function objectsSaid(total) {
  if (!total) return [];
  const kind = total > MOST_OBJECTS ? "many_objects" : "objects";
  return [filled(WORDS.changes[kind], { number: Math.min(total, MOST_OBJECTS) })];
}

async function differences(sealed, now) {
  const said = WORDS.changes;
  const later = now.laterNumbers(sealed.end, MOST_OBJECTS + 1);
  const found = [...objectsSaid(later.size), ...(await pageDifferences(sealed, now, later))];
  for (const number of [...later].sort((one, other) => one - other)) {
    const value = await now.load(number);
    if (isDictionary(value) && value.has("ByteRange") && value.has("Contents")) {
      found.push(said.signature_added);
      break;
    }
  }
  if (await formDiffers(sealed, now, later)) found.push(said.form_changed);
  if (await catalogDiffers(sealed, now, later, ["Names", "AF"])) found.push(said.attachments_changed);
  if (await documentDiffers(sealed, now, later)) found.push(said.document_changed);
  return found;
}

async function pageDifferences(sealed, now, later) {
  const said = WORDS.changes;
  const [before, after] = [await sealed.pages(), await now.pages()];
  const [known, kept] = [new Set(before), new Set(after)];
  const found = [];
  for (const [at, number] of after.entries()) {
    if (found.length >= MOST_PAGES_NAMED) {
      found.push(said.more_pages);
      break;
    }
    if (!known.has(number)) found.push(filled(said.page_added, { page: at + 1 }));
    else found.push(...(await pageDiffers(sealed, now, later, number, at + 1)));
  }
  const removed = [...known].filter((one) => !kept.has(one)).length;
  if (removed) found.push(filled(said.pages_removed, { number: removed }));
  const order = (pages, others) => pages.filter((one) => others.has(one)).join();
  if (order(before, kept) !== order(after, known)) found.push(said.pages_moved);
  return found;
}

async function pageDiffers(sealed, now, later, number, page) {
  const said = WORDS.changes;
  const found = [];
  const old = await sealed.entries(new Reference(number, 0));
  const next = await now.entries(new Reference(number, 0));
  if (!isSame(old.get("Contents"), next.get("Contents")) || (await touches(now, next.get("Contents"), later))) {
    found.push(filled(said.page_changed, { page }));
  }
  const others = [...old.keys(), ...next.keys()].filter((key) => !["Contents", "Annots", "Parent"].includes(key));
  if (others.some((key) => !isSame(old.get(key), next.get(key))) || (await touches(now, next.get("Resources"), later))) {
    found.push(filled(said.page_replaced, { page }));
  }
  const were = await references(sealed, old.get("Annots"));
  const are = await references(now, next.get("Annots"));
  const totals = {
    annotations_added: [...are].filter((one) => !were.has(one)).length,
    annotations_removed: [...were].filter((one) => !are.has(one)).length,
    annotations_changed: [...are].filter((one) => were.has(one) && later.has(one)).length,
  };
  for (const [kind, total] of Object.entries(totals)) {
    if (total) found.push(filled(said[kind], { page, number: total }));
  }
  return found;
}

async function references(revision, value) {
  return new Set((await revision.items(value)).filter((one) => one instanceof Reference).map((one) => one.number));
}

async function touches(now, value, later) {
  const waiting = [value];
  const seen = new Set();
  while (waiting.length && seen.size < MOST_RESOURCES) {
    const one = waiting.pop();
    if (one instanceof Reference) {
      if (later.has(one.number)) return true;
      if (!seen.has(one.number)) {
        seen.add(one.number);
        waiting.push(await now.load(one.number));
      }
    } else if (isDictionary(one) || Array.isArray(one)) {
      for (const inside of one.values()) waiting.push(inside);
    }
  }
  return false;
}

async function fieldsOf(revision) {
  const form = (await revision.root()).get("AcroForm") || new Map();
  return references(revision, (await revision.entries(form)).get("Fields"));
}

async function formDiffers(sealed, now, later) {
  const fields = await fieldsOf(now);
  const known = await fieldsOf(sealed);
  if ([...known].some((one) => !fields.has(one) || later.has(one))) return true;
  for (const number of fields) {
    if (known.has(number)) continue;
    if (!isName((await now.entries(new Reference(number, 0))).get("FT"), "Sig")) return true;
  }
  return false;
}

async function catalogDiffers(sealed, now, later, keys) {
  const [old, next] = [await sealed.root(), await now.root()];
  for (const key of keys) {
    if (!isSame(old.get(key), next.get(key)) || (await touches(now, next.get(key), later))) return true;
  }
  return false;
}

async function documentDiffers(sealed, now, later) {
  const toldApart = ["Pages", "AcroForm", "Names", "AF", "StructTreeRoot", "Outlines"];
  const [old, next] = [await sealed.root(), await now.root()];
  const keys = [...next.keys()].filter((key) => !toldApart.includes(key));
  const oldKeys = [...old.keys()].filter((key) => !toldApart.includes(key));
  if (keys.length !== oldKeys.length || !keys.every((key) => old.has(key))) return true;
  if (!isSame(sealed.trailer.get("Root"), now.trailer.get("Root"))) return true;
  if (await touches(now, now.trailer.get("Info"), later)) return true;
  return keys.some((key) => {
    const value = next.get(key);
    return !isSame(old.get(key), value) || (value instanceof Reference && value.generation === 0 && later.has(value.number));
  });
}
