// The page: files chosen or dropped, verdicts shown.

const SIGNS = { intact_known: "✓", intact_unknown: "?", changed: "✗", foreign: "–", unreadable: "–" };
const byId = (id) => document.getElementById(id);

function made(tag, text = "", className = "") {
  const element = document.createElement(tag);
  element.textContent = text.replace(/ (?=[:;?!»])/g, "\u00a0").replace(/« /g, "«\u00a0");
  element.className = className;
  return element;
}

async function judged(file) {
  if (file.size > LARGEST) return refusal("unreadable", "too_large", { size: Math.floor(file.size / 2 ** 20) });
  let pdf;
  try {
    pdf = new Uint8Array(await file.arrayBuffer());
  } catch (fault) {
    return result("unreadable", WORDS.page.not_read);
  }
  try {
    return await verify(pdf);
  } catch (fault) {
    console.error(fault);
    return result("unreadable", WORDS.page.not_checked); // never intact when something went wrong
  }
}

async function judgeAll(files) {
  const older = byId("results").firstChild;
  for (const file of files) {
    byId("status").textContent = filled(WORDS.page.working, { file: file.name });
    const found = await judged(file);
    byId("results").insertBefore(shownVerdict(file.name, found), older);
    byId("status").textContent = filled(WORDS.page.done, { file: file.name, heading: found.heading });
  }
  if (files.length) byId("results").querySelector("h2").focus();
}

function shownVerdict(fileName, found) {
  const article = made("article", "", found.verdict);
  article.dataset.verdict = found.verdict;
  const title = made("h2", fileName);
  title.tabIndex = -1;
  const verdict = made("p", "", "verdict");
  const sign = made("span", SIGNS[found.verdict], "sign");
  sign.setAttribute("aria-hidden", "true");
  verdict.append(sign, made("strong", found.heading));
  article.append(title, verdict, made("p", found.message, "message"));
  if (found.changes.length) {
    const list = made("ul", "", "changes");
    list.append(...found.changes.map((one) => made("li", one)));
    article.append(made("h3", WORDS.page.changes), list);
  }
  const details = detailsOf(found);
  if (details.length) {
    const list = made("dl");
    for (const [term, value] of details) list.append(made("dt", term), made("dd", value));
    article.append(made("h3", WORDS.page.details), list);
  }
  return article;
}

function detailsOf({ evidence, sealedAt, certificate, stamps }) {
  if (!evidence) return [];
  const said = WORDS.details;
  const lines = [
    [said.provider, evidence.provider],
    [said.siren, evidence.siren],
    [said.signer, evidence.signer],
    [said.signed_at, evidence.signedAt === null ? "" : momentText(evidence.signedAt)],
    [said.sealed_at, momentText(sealedAt)],
    [said.fingerprint, evidence.fingerprint],
    [said.charter_version, evidence.charter_version],
    [said.workstation, certificate.name],
    [said.certificate, grouped(certificate.fingerprint)],
    ...stamps.map(({ at, service }) => [
      said.time_stamp, filled(said.time_stamp_value, { moment: momentText(at), service }),
    ]),
  ];
  return lines.filter(([, value]) => value);
}

async function showKnown() {
  const kind = { 0: "known_none", 1: "known_one" }[KNOWN.length] || "known";
  byId("known-total").textContent = filled(WORDS.page[kind], { number: KNOWN.length, day: MADE_ON });
  const day = (at) => momentText(at).slice(0, 10);
  for (const der of KNOWN) {
    const one = await orNull(() => readCertificate(der));
    if (!one) continue;
    const item = made("li", `${one.name}, ${filled(WORDS.page.validity, { from: day(one.validFrom), until: day(one.validUntil) })}`);
    item.append(made("code", grouped(one.fingerprint)));
    byId("known").append(item);
  }
}

function begin() {
  const isAble = globalThis.crypto?.subtle && typeof DecompressionStream !== "undefined";
  if (!isAble) {
    byId("status").textContent = WORDS.page.no_cryptography;
    byId("status").classList.add("refused");
    byId("files").disabled = true;
    return;
  }
  showKnown();
  byId("files").addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = ""; // the same file may be chosen again
    await judgeAll(files);
  });
  const outline = byId("drop");
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    outline.classList.add("over");
  });
  document.addEventListener("dragleave", () => outline.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault(); // or the browser would open the file in the place of the page
    outline.classList.remove("over");
    judgeAll([...event.dataTransfer.files]);
  });
}

begin();
